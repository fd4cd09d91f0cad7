/* The facilitator's report, or the hands counted, without network: one part at a time, sealed on the prepared
   device, sent like an answer. What is typed is a draft, sealed too by a key of the device, until it is filed. The code opens it (code.js). */
import { $, demander, plan, racine, refermer } from "./code.js";
import { chiffrer, dechiffrer, ecrire, effacer, envoyer, file, lire, mettreEnFile, sceller, suivre, transaction, uuid } from "./coffre.js";

const f = $("#f"), clef = plan.clef;
const dire = (mots) => { $("#etat").textContent = mots; $("#etat").scrollIntoView(); };
const parties = [...f.querySelectorAll("section")];
const lus = () => Object.fromEntries([...new FormData(f)].map(([nom, v]) => [nom, v.trim()]).filter(([, v]) => v));
let rang = 0;

/* --- one part at a time ------------------------------------------------------------------------ */
const derniere = () => rang === parties.length - 1;
const aller = (n) => {
  rang = n;
  parties.forEach((s, k) => { s.hidden = k !== n; });
  $("#avant").hidden = !n;
  $("#garder").hidden = derniere();
  $("#suite").textContent = derniere() ? plan.m.enregistrer : plan.m.suite;
  scrollTo(0, 0);
  parties[n].querySelector("h2").focus({ preventScroll: true });
};
const montrer = (oui) => { f.hidden = !oui; $("#encore").hidden = oui; };
/* Show the first fault, its part first: a field that is hidden says nothing. */
const estFaux = (ou) => {
  const dits = lus();
  for (const nom of ["preuve", "preuve_le"]) f.elements[nom]?.setCustomValidity(dits.implication > 0 && !dits[nom] ? plan.m.preuve : "");
  if (plan.mains) for (const s of parties) {
    const [e, ...mains] = s.querySelectorAll("input");
    const a = +mains.pop().value;
    let n = a;
    for (const { value } of mains) n = s.dataset.plus ? Math.max(n, a + value * 1) : n + value * 1;
    e.setCustomValidity(n > e.value ? plan.m.preuve : "");
  }
  const e = ou.querySelector("[name]:invalid");
  if (e) {
    if (ou === f) aller(parties.indexOf(e.closest("section")));
    e.reportValidity();
  }
  return e;
};

/* --- the draft: each gesture, one writing after the other -------------------------------------- */
let ecrits = Promise.resolve(), du = false;
const noter = () => {
  if (du) return;
  du = true;
  ecrits = ecrits.then(async () => {
    du = false;
    const dits = lus();
    await (Object.keys(dits).length ? ecrire(clef, await chiffrer({ dits, rang })) : effacer(clef));
  }).catch((x) => { racine.dataset.erreur = x.name; dire(plan.m.plein); });
};
f.oninput = noter;
/* « Plus » and « Moins » beside each count of hands. */
f.onclick = ({ target: { dataset: { pas }, parentNode } }) => {
  if (!pas) return;
  const e = parentNode.querySelector("input");
  e.value = Math.max(0, (e.value | 0) + pas * 1);
  noter();
};
const reprendre = async () => {
  const b = await lire(clef), d = b && (await dechiffrer(b).catch(() => null));
  for (const [nom, v] of Object.entries(d ? d.dits : {})) if (f.elements[nom]) f.elements[nom].value = v;
  aller(d ? Math.min(d.rang, parties.length - 1) : 0);
  if (d) dire(plan.m.repris);
};

/* --- filing ------------------------------------------------------------------------------------ */
/* The order of what this device seals: a counter, no clock. It goes with the device's storage, so it has a name. */
const compter = async () => {
  let suivant;
  await transaction(["kv"], "readwrite", (t) => {
    const kv = t.objectStore("kv"), q = kv.get("rang");
    q.onsuccess = () => {
      suivant = { de: uuid(), ...q.result, n: ((q.result || {}).n || 0) + 1 };
      kv.put(suivant, "rang");
    };
  });
  return { ...suivant, vu: plan.vu };
};
const enregistrer = async () => {
  const dits = lus();
  if (estFaux(f)) return;
  if (!Object.keys(dits).length) return dire(plan.m.vide);
  f.inert = true; // nothing is typed between what is sealed and the draft that goes with it
  try {
    await ecrits;
    const contenu = { rapport: dits, lien: plan.j, ...(await compter()) };
    await mettreEnFile({ ...(await sceller(uuid(), plan, contenu)), lien: plan.j }, clef);
  } catch (x) {
    racine.dataset.erreur = x.name;
    return dire(plan.m.plein);
  } finally { f.inert = false; }
  f.reset();
  montrer(false); // an empty form under « c’est gardé » would look like one to fill in again
  dire(plan.m.garde);
  await envoyer();
};
f.onsubmit = (e) => {
  e.preventDefault();
  if (derniere()) return enregistrer();
  if (estFaux(parties[rang])) return;
  aller(rang + 1);
  noter();
};
$("#garder").onclick = enregistrer;
$("#avant").onclick = () => { aller(rang - 1); noter(); };
$("#encore button").onclick = () => { montrer(true); aller(0); dire(""); };

const dessiner = async () => {
  const n = (await file()).length;
  racine.dataset.attente = n;
  if (!n && racine.dataset.garde) dire(plan.m.parti);
  racine.dataset.garde = n || "";
};
// No Back key leads from the questionnaire to this page, and what was typed is written first.
const revenir = () => ecrits.then(() => location.replace($("main a").href));
$("main a").onclick = (e) => { e.preventDefault(); revenir(); };
const ouvrir = async () => {
  montrer(true);
  await reprendre();
  racine.dataset.pret = 1;
  suivre(dessiner);
  await dessiner();
  envoyer();
};
const demarrer = async () => {
  if (!(await lire("jeton:" + plan.j))) return dire(plan.m.pas_pret);
  refermer(revenir, f);
  await demander(ouvrir);
};
demarrer().catch(() => dire(plan.m.pas_pret));
