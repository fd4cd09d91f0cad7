/* « Préparer cet appareil »: each line is tried for real, the last one without network. */
import { $, nouveauSel, plan, racine, remplacer } from "./code.js";
import { ecrire, effacer, envoyer, file, garder, lire, poster, suivre } from "./coffre.js";

const m = plan.m, vus = {};
let neuf = false;
const ligne = (nom, bon, mots) => {
  vus[nom] = [bon, mots];
  const li = $(`[data-essai="${nom}"]`);
  li.dataset.bon = bon === null ? "doute" : bon ? "oui" : "non";
  li.className = bon === false ? "faux" : "";
  li.querySelector("b").textContent = bon === null ? "À savoir." : bon ? "Oui." : "Non.";
  if (mots) li.querySelector("span").textContent = mots;
  return bon !== false;
};
const essayer = async (nom, geste) => {
  try { return ligne(nom, ...[].concat(await geste())); } catch (e) { return ligne(nom, false); }
};
const enAttente = async () => (await file()).filter((e) => e.lien === plan.j && !e.refus).length;
// Tells how many wait: a word without a number would say that none does.
const contacter = async (jeton) => poster(jeton, [], await enAttente());
const heure = () => fetch("/o/heure/?frais", { cache: "no-store", credentials: "omit" });
const joignable = () => heure().then(() => true, () => false);
const tout = async () => {
  const bons = [
    await essayer("https", () => isSecureContext && !!crypto.subtle),
    await essayer("memoire", async () => { const n = Date.now(); await ecrire("essai", n); return (await lire("essai")) === n; }),
    await essayer("relais", async () => { await navigator.serviceWorker.register("/o/sw.js", { scope: "/o/" }); return !!(await navigator.serviceWorker.ready); }),
    await essayer("pages", async () => { await garder(plan.garder); return true; }),
    await essayer("place", async () => { const e = await navigator.storage.estimate(); return e.quota - e.usage > 5e7; }),
    await essayer("reste", async () => (await navigator.storage.persist()) || [null, m.promesse]),
    await essayer("horloge", async () => Math.abs(Date.parse((await heure()).headers.get("Date")) - Date.now()) < 3e5),
    await essayer("jeton", async () => {
      const jeton = await lire("jeton:" + plan.j);
      if (!jeton) return [false, m.pas_inscrit];
      const r = await contacter(jeton);
      return r.status === 202 || [false, r.status === 401 ? m.retire : ""];
    }),
    await essayer("attente", async () => { const n = (await file()).length; return n ? [null, m.attendent + n] : true; }),
  ];
  if (/iPhone|iPad/.test(navigator.userAgent)) { $('[data-essai="ecran"]').hidden = false; ligne("ecran", navigator.standalone || null); }
  await ecrire("essais:" + plan.j, vus).catch(() => {});
  return bons.every(Boolean);
};
const finirEssai = async () => {
  sessionStorage.removeItem("essai");
  // What was seen with the network, before: without it nothing of that can be tried again.
  for (const [nom, vu] of Object.entries((await lire("essais:" + plan.j)) || {})) ligne(nom, ...vu);
  const enLigne = await joignable();
  const la = await Promise.all(plan.garder.map((a) => caches.match(a)));
  const bon = !enLigne && la.every(Boolean);
  ligne("essai", bon, bon ? m.rouverte : m.avec_reseau);
  if (bon) await ecrire("essaye:" + plan.j, Date.now());
  racine.dataset.essai = bon ? 1 : 0;
  $("#ouvrir").hidden = !bon;
};
$("#essayer").onclick = async () => {
  if (await joignable()) return void ligne("essai", false, m.marche);
  sessionStorage.setItem("essai", "1");
  location.reload();
};
$("#pin").onsubmit = async (e) => {
  e.preventDefault();
  const code = $("#quatre").value.trim();
  if (!/^\d{4}$/.test(code)) { $("#pin-faux").hidden = false; return $("#quatre").focus(); }
  await ecrire("partage:" + plan.j, await nouveauSel(code));
  await effacer("faux:" + plan.j);
  neuf = false;
  document.cookie = "commun=1;path=/o/;max-age=5184000"; // a system that empties the storage leaves it
  $("#pin-faux").hidden = true;
  $("#quatre").value = "";
  await montrer();
};
const montrer = async () => {
  const partage = await lire("partage:" + plan.j);
  $("#pin").hidden = !!partage && !neuf;
  $("#liste").hidden = !$("#pin").hidden;
  if (!partage || neuf) return;
  if (sessionStorage.getItem("essai") || ((await lire("essaye:" + plan.j)) && !(await joignable()))) return finirEssai();
  racine.dataset.pret = (await tout()) ? 1 : 0;
  $("#essai-reel").hidden = racine.dataset.pret !== "1";
};
// The questionnaire takes the place of this page: nobody who answers comes back to it by a Back key.
remplacer("#ouvrir a");
/* Prepared again, by somebody who may: a token of a device that the server takes and that is not the one from
   before. Whoever forgot the code chooses another one; the link of a poster opens nothing here. */
const estNeuf = async (jeton) => {
  if (!jeton.startsWith("ap.") || jeton === (await lire("jeton:" + plan.j))) return false;
  return (await contacter(jeton).catch(() => ({}))).status === 202;
};
const demarrer = async () => {
  const jeton = new URLSearchParams(location.hash.slice(1)).get("t");
  if (jeton) {
    neuf = await estNeuf(jeton);
    await ecrire("jeton:" + plan.j, jeton);
    await ecrire("lien", plan.j);
    history.replaceState(null, "", location.pathname); // the token leaves the address bar at once
  }
  suivre(async () => {});
  await montrer();
  envoyer();
};
demarrer().catch(() => { $("#impossible").hidden = false; });
