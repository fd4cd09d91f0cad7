/* « Préparer cet appareil »: each line is tried for real, the last one without network. */
import { ecrire, envoyer, file, lire, nouveauSel, suivre } from "./coffre.js";

const $ = (s) => document.querySelector(s);
const plan = JSON.parse($("#plan").textContent), racine = document.documentElement;
const ligne = (nom, bon, mots) => {
  const li = $(`[data-essai="${nom}"]`);
  li.dataset.bon = bon === null ? "doute" : bon ? "oui" : "non";
  li.querySelector("b").textContent = bon === null ? "À savoir" : bon ? "Oui" : "Non";
  if (mots) li.querySelector("span").textContent = mots;
  return bon !== false;
};
const essayer = async (nom, geste) => {
  try { return ligne(nom, ...[].concat(await geste())); } catch (e) { return ligne(nom, false); }
};
const heure = () => fetch("/o/heure/?frais", { cache: "no-store", credentials: "omit" });
const garder = async () => {
  const recues = await Promise.all(plan.garder.map((a) => fetch(a + "?frais", { cache: "no-cache", credentials: "omit" })));
  if (!recues.every((r) => r.status === 200 && r.headers.get("X-Voix") === "1")) throw new Error("portail");
  const cache = await caches.open("voix");
  await Promise.all(recues.map((r, n) => cache.put(plan.garder[n], r)));
};
const tout = async () => {
  const bons = [
    await essayer("https", () => isSecureContext && !!crypto.subtle),
    await essayer("memoire", async () => { const n = Date.now(); await ecrire("essai", n); return (await lire("essai")) === n; }),
    await essayer("relais", async () => { await navigator.serviceWorker.register("/o/sw.js", { scope: "/o/" }); return !!(await navigator.serviceWorker.ready); }),
    await essayer("pages", async () => { await garder(); return true; }),
    await essayer("place", async () => { const e = await navigator.storage.estimate(); return e.quota - e.usage > 5e7; }),
    await essayer("reste", async () => (await navigator.storage.persist()) || null),
    await essayer("horloge", async () => Math.abs(Date.parse((await heure()).headers.get("Date")) - Date.now()) < 3e5),
    await essayer("jeton", async () => {
      const jeton = await lire("jeton:" + plan.j);
      if (!jeton) return [false, "Cet appareil n’est pas inscrit. Recommencez depuis la page de la séance."];
      const r = await fetch("/o/envois/", { method: "POST", credentials: "omit", headers: { "Content-Type": "application/json", Authorization: "Bearer " + jeton }, body: '{"items":[]}' });
      return r.status === 202;
    }),
    await essayer("attente", async () => { const n = (await file()).length; return n ? [null, `${n} réponses attendent déjà sur cet appareil.`] : true; }),
  ];
  if (/iPhone|iPad/.test(navigator.userAgent)) { $('[data-essai="ecran"]').hidden = false; ligne("ecran", navigator.standalone || null); }
  return bons.every(Boolean);
};
const finirEssai = async () => {
  sessionStorage.removeItem("essai");
  const enLigne = await heure().then(() => true, () => false);
  const la = await Promise.all(plan.garder.map((a) => caches.match(a)));
  const bon = !enLigne && la.every(Boolean);
  ligne("essai", bon, bon ? "Cette page s’est rouverte sans réseau. L’appareil est prêt." : "L’essai a eu lieu avec du réseau. Coupez-le, puis recommencez.");
  if (bon) await ecrire("essaye:" + plan.j, Date.now());
  racine.dataset.essai = bon ? "1" : "0";
  $("#ouvrir").hidden = !bon;
};
$("#essayer").onclick = async () => {
  if (await heure().then(() => true, () => false)) return void ligne("essai", false, "Le réseau marche encore. Passez en mode avion, puis appuyez à nouveau.");
  sessionStorage.setItem("essai", "1");
  location.reload();
};
$("#pin").onsubmit = async (e) => {
  e.preventDefault();
  const code = $("#quatre").value.trim();
  if (!/^\d{4}$/.test(code)) { $("#pin-faux").hidden = false; return $("#quatre").focus(); }
  await ecrire("partage:" + plan.j, await nouveauSel(code));
  $("#pin-faux").hidden = true;
  $("#quatre").value = "";
  await montrer();
};
const montrer = async () => {
  const partage = await lire("partage:" + plan.j);
  $("#pin").hidden = !!partage;
  $("#liste").hidden = !partage;
  if (!partage) return;
  if (sessionStorage.getItem("essai")) return finirEssai();
  racine.dataset.pret = (await tout()) ? "1" : "0";
  $("#essai-reel").hidden = racine.dataset.pret !== "1";
};
const demarrer = async () => {
  const jeton = new URLSearchParams(location.hash.slice(1)).get("t");
  if (jeton) {
    await ecrire("jeton:" + plan.j, jeton);
    await ecrire("lien", plan.j);
    history.replaceState(null, "", location.pathname); // the token leaves the address bar at once
  }
  suivre(async () => {});
  await montrer();
  envoyer();
};
demarrer().catch(() => { $("#impossible").hidden = false; });
