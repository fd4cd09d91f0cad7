/* Serves the documents under /o/ when there is no network. Never touches what is sent. */
const bonne = (r) => r && r.status === 200 && r.headers.get("X-Voix") === "1"; // a captive portal's page has no such header
addEventListener("install", () => skipWaiting());
addEventListener("activate", (e) => e.waitUntil(clients.claim()));
addEventListener("fetch", (e) => {
  const u = new URL(e.request.url);
  if (e.request.method !== "GET" || u.origin !== location.origin || u.search === "?frais" || !u.pathname.startsWith("/o/")) return;
  e.respondWith((async () => {
    const garde = await (await caches.open("voix")).match(u.pathname);
    if (!garde) return fetch(e.request);
    if (e.request.mode !== "navigate") return garde;
    const reseau = fetch(u.pathname, { credentials: "omit", cache: "no-cache" }).catch(() => null);
    const trop_long = new Promise((ok) => setTimeout(ok, 2500)); // a network that is there and brings nothing
    const r = await Promise.race([reseau, trop_long]);
    return bonne(r) ? r : garde;
  })());
});
/* What somebody answered, on its way from one language to the next: never on the disk, given once. */
let passage, depuis;
addEventListener("message", (e) => {
  if (e.data) [passage, depuis] = [e.data, Date.now()];
  else {
    e.source.postMessage(Date.now() - depuis < 3e4 ? passage : null);
    passage = null;
  }
});
