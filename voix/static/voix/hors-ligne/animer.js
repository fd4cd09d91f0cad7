/* The facilitator's corner of a shared device, a page of its own: what is open here goes with the page,
   and nothing of it is on that of whoever answers. Counts only, never an answer (K7, K8). */
import { verifierCode } from "./code.js";
import { ecrire, effacer, envoyer, file, lire, nu, suivre, transaction } from "./coffre.js";

const $ = (s) => document.querySelector(s);
const plan = JSON.parse($("#plan").textContent), racine = document.documentElement, clef = "faux:" + plan.j;
const langue = /^#[a-z-]+$/.test(location.hash) ? location.hash.slice(1) : plan.langue;
const UNE_MINUTE = 6e4, LIBRES = 5, AU_PLUS = 600;
let partage, silence, exporte = false, issue;

/* --- going back: the questionnaire takes the place of this page, no Back key leads here ------ */
const revenir = () => location.replace(`/o/${plan.j}/${langue}/`);
const veiller = () => { clearTimeout(silence); silence = setTimeout(revenir, 2 * UNE_MINUTE); };
for (const quoi of ["pointerdown", "keydown", "input"]) addEventListener(quoi, veiller, { passive: true });
for (const a of document.querySelectorAll("main a")) a.onclick = (e) => { e.preventDefault(); location.replace(a.href); };
$("#retour").onclick = revenir;
addEventListener("pagehide", () => { $("#animation").hidden = true; $("#code").value = ""; });
addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });

/* --- the code: five tries, then one waits longer and longer, also after a reload ------------- */
const reste = ({ n, le }) => (n < LIBRES ? 0 : Math.min(AU_PLUS, 30 * 2 ** (n - LIBRES)) - Math.abs(Date.now() - le) / 1000);
const duree = (s) => (s > 60 ? `${Math.ceil(s / 60)} minutes` : `${Math.ceil(s)} secondes`);
const refuser = (mots) => {
  $("#faux").textContent = mots;
  $("#faux").hidden = false;
  $("#code").setAttribute("aria-invalid", "true");
  $("#code").closest(".q").classList.add("faux");
  $("#code").value = "";
  $("#code").focus();
};
let occupe = false;
$("#pin").onsubmit = async (e) => {
  e.preventDefault();
  if (occupe) return;
  occupe = true;
  try {
    const code = $("#code").value.trim(), faux = (await lire(clef)) || { n: 0, le: 0 }, attente = reste(faux);
    if (attente > 0) return refuser(`Trop de codes faux. Attendez ${duree(attente)}, puis réessayez.`);
    // Counted before it is tried: a reload in between gains nothing. A full device must still open.
    await ecrire(clef, { n: faux.n + 1, le: Date.now() }).catch(() => {});
    if (!(await verifierCode(code, partage))) return refuser("Ce n’est pas ce code.");
    await effacer(clef).catch(() => {});
    await ouvrir();
  } finally { occupe = false; }
};

/* --- what waits, what was refused, what sending said ----------------------------------------- */
const PANNES = {
  "": "Le réseau ne répond pas. Tout partira seul quand il reviendra.",
  401: "Le serveur n’accepte plus cet appareil : il a été retiré, ou la séance ne reçoit plus de réponses. Rien n’est perdu. Exportez les réponses scellées et importez le fichier sur la page de la séance, ou préparez la tablette à nouveau.",
  retry: "Le serveur ne peut rien garder pour l’instant. L’appareil réessaiera seul.",
  503: "Le serveur ne peut rien garder pour l’instant. L’appareil réessaiera seul.",
  200: "Ce réseau demande que l’on s’y connecte : ouvrez une autre page, connectez-vous, puis réessayez.",
};
const dessiner = async () => {
  const l = await file(), refusees = l.filter((e) => e.refus), n = l.length - refusees.length;
  racine.dataset.attente = n;
  const compte = n ? (n > 1 ? `${n} envois attendent sur cet appareil.` : "Un envoi attend sur cet appareil.") : "Tout est envoyé.";
  const panne = issue === undefined || (!n && issue !== "401") ? "" : PANNES[issue] ?? `Le serveur répond mal (${issue}). L’appareil réessaiera seul.`;
  $("#compte").textContent = `${compte} ${panne}`.trim();
  $("#refusees").hidden = !refusees.length;
  const abimees = refusees.filter((e) => e.refus === "malformed").length, deja = refusees.length - abimees;
  $("#deja").textContent = deja ? `Déjà arrivés dans une autre version, qui compte seule : ${deja}.` : "";
  $("#abimees").textContent = abimees ? `Abîmés, que le serveur ne sait pas lire : ${abimees}.` : "";
  $("#ranger").hidden = !exporte;
};
const tenter = async () => {
  $("#compte").textContent = "Envoi en cours…";
  issue = await envoyer();
  if (issue === true) issue = undefined; // another page of this device is sending
  await dessiner();
  racine.dataset.essaye = "1";
};
const ouvrir = async () => {
  $("#pin").hidden = true;
  $("#animation").hidden = false;
  $("h1").focus();
  suivre(dessiner);
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
  veiller();
  partage = await lire("partage:" + plan.j);
  $("#retour").hidden = false;
  if (!partage) return ouvrir(); // no code was ever chosen here: nothing to ask
  $("#pin").hidden = false;
  $("#code").focus();
};
demarrer().catch(() => { $("#impossible").hidden = false; });
