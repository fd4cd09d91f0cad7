/* The facilitator's report without network: sealed on the prepared device, sent like an answer. */
import { envoyer, file, lire, mettreEnFile, sceller, suivre, transaction, uuid } from "./coffre.js";

const $ = (s) => document.querySelector(s);
const plan = JSON.parse($("#plan").textContent), f = $("#f"), racine = document.documentElement;
const dire = (mots) => { $("#etat").textContent = mots; $("#etat").scrollIntoView(); };
for (const e of f.querySelectorAll("[inputmode=numeric]")) { e.pattern = "[0-9]{1,3}"; e.title = plan.m.nombre; }
const montrer = (oui) => { f.hidden = !oui; $("#encore").hidden = oui; };
$("#encore button").onclick = () => { montrer(true); dire(""); f.elements[0].focus(); };
/* The order of what this device seals: a counter, no clock. It goes with the device's storage, so it has a name. */
const compter = async () => {
  let rang;
  await transaction(["kv"], "readwrite", (t) => {
    const kv = t.objectStore("kv"), q = kv.get("rang");
    q.onsuccess = () => {
      rang = { de: uuid(), ...q.result, n: ((q.result || {}).n || 0) + 1 };
      kv.put(rang, "rang");
    };
  });
  return { ...rang, vu: plan.vu };
};
f.onsubmit = async (e) => {
  e.preventDefault();
  const dits = {};
  for (const [nom, valeur] of new FormData(f)) if (valeur.trim()) dits[nom] = valeur.trim();
  const preuve = Number(dits.implication || 0) > 0;
  for (const nom of ["preuve", "preuve_le"]) f.elements[nom].setCustomValidity(preuve && !dits[nom] ? plan.m.preuve : "");
  if (!f.reportValidity()) return;
  if (!Object.keys(dits).length) return dire(plan.m.vide);
  try {
    const contenu = { rapport: dits, lien: plan.j, ...(await compter()) };
    await mettreEnFile({ ...(await sceller(uuid(), plan, contenu)), lien: plan.j }, "");
  } catch (x) {
    racine.dataset.erreur = x.name;
    return dire(plan.m.plein);
  }
  f.reset();
  montrer(false); // an empty form under « c’est gardé » would look like one to fill in again
  dire(plan.m.garde);
  await envoyer();
};
const dessiner = async () => {
  const n = (await file()).length;
  racine.dataset.attente = n;
  if (!n && racine.dataset.garde) dire(plan.m.parti);
  racine.dataset.garde = n ? "1" : "";
};
// No Back key leads from the questionnaire to this page.
$("main a").onclick = (e) => { e.preventDefault(); location.replace(e.target.href); };
const demarrer = async () => {
  if (!(await lire("jeton:" + plan.j))) return dire(plan.m.pas_pret);
  montrer(true);
  racine.dataset.pret = "1";
  suivre(dessiner);
  await dessiner();
  envoyer();
};
demarrer().catch(() => dire(plan.m.pas_pret));
