/* The facilitator's corner of a shared device, a page of its own: what is open here goes with the page,
   and nothing of it is on that of whoever answers. Counts only, never an answer (K7, K8). */
import { $, demander, plan, racine, refermer, remplacer } from "./code.js";
import { effacer, envoyer, file, nu, suivre, transaction } from "./coffre.js";

const langue = /^#[a-z-]+$/.test(location.hash) ? location.hash.slice(1) : plan.langue;
const m = plan.m, dire = (modele, n) => modele.replace("%s", n);
let exporte, issue;

/* --- going back: the questionnaire takes the place of this page, no Back key leads here ------ */
const revenir = () => location.replace(`/o/${plan.j}/${langue}/`);
$("#retour").onclick = revenir;
remplacer("main a");

/* --- what waits, what was refused, what sending said ----------------------------------------- */
const dessiner = async () => {
  const l = await file(), refusees = l.filter((e) => e.refus), n = l.length - refusees.length;
  racine.dataset.attente = n;
  const compte = n ? (n > 1 ? n + m.attendent : m.attend) : m.tout;
  const panne = issue === undefined || (!n && issue !== "401") ? "" : m.pannes[issue] ?? dire(m.mal, issue);
  $("#compte").textContent = `${compte} ${panne}`.trim();
  $("#refusees").hidden = !refusees.length;
  const abimees = refusees.filter((e) => e.refus === "malformed").length, deja = refusees.length - abimees;
  $("#deja").textContent = deja ? dire(m.deja, deja) : "";
  $("#abimees").textContent = abimees ? dire(m.abimees, abimees) : "";
  $("#ranger").hidden = !exporte;
};
const tenter = async () => {
  $("#compte").textContent = m.en_cours;
  await envoyer(); // told by « suivre »: at once, or after another page of this device that is sending
  racine.dataset.essaye = 1;
};
const ouvrir = async () => {
  $("#animation").hidden = false;
  $("h1").focus();
  suivre((dit) => dessiner((issue = dit)));
  await dessiner();
  await tenter();
};
$("#partir").onclick = tenter;
$("#exporter").onclick = async () => {
  const a = document.createElement("a");
  a.href = URL.createObjectURL(new Blob([JSON.stringify({ voix: 1, items: (await file()).map(nu) })], { type: "application/json" }));
  a.download = "voix-reponses-scellees.json";
  a.click();
  URL.revokeObjectURL(a.href);
  exporte = true;
  await dessiner();
};
/* Put away, not lost: seven days in the bin, like what was sent. */
$("#ranger").onclick = async () => {
  const refusees = (await file()).filter((e) => e.refus);
  await transaction(["file", "corbeille"], "readwrite", (t) => {
    for (const e of refusees) {
      t.objectStore("corbeille").put({ ...nu(e), lien: e.lien, le: Date.now() });
      t.objectStore("file").delete(e.id);
    }
  });
  await dessiner();
  $("h1").focus();
};
$("#quitter").onclick = async () => {
  document.cookie = "commun=;path=/o/;max-age=0";
  await effacer("partage:" + plan.j);
  revenir();
};

const demarrer = async () => {
  refermer(revenir, $("#animation"));
  $("#retour").hidden = false;
  await demander(ouvrir);
};
demarrer().catch(() => { $("#impossible").hidden = false; });
