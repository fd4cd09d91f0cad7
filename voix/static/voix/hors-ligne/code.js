/* The facilitator's code of four digits, and the pages that it opens. The device keeps only what checks it. */
import { b64, ecrire, effacer, lire, octets, utf8 } from "./coffre.js";

export const $ = (s) => document.querySelector(s), plan = JSON.parse($("#plan").textContent), racine = document.documentElement;
/* What these links open takes the place of the page: no Back key leads here again. */
export const remplacer = (liens) => {
  for (const a of document.querySelectorAll(liens)) a.onclick = (e) => { e.preventDefault(); location.replace(a.href); };
};
const derive = async (code, sel) => b64(await crypto.subtle.deriveBits(
  { name: "PBKDF2", hash: "SHA-256", salt: octets(sel), iterations: 100000 },
  await crypto.subtle.importKey("raw", utf8(code), "PBKDF2", false, ["deriveBits"]), 256));
export const nouveauSel = async (code) => {
  const sel = b64(crypto.getRandomValues(new Uint8Array(16)));
  return { sel, empreinte: await derive(code, sel) };
};

/* --- asking: five tries, then one waits longer and longer, also after a reload --------------- */
const DEUX_MINUTES = 12e4, LIBRES = 5, AU_PLUS = 60;
const reste = ({ n, le }) => (n < LIBRES ? 0 : Math.min(AU_PLUS, 30 * 2 ** (n - LIBRES)) - Math.abs(Date.now() - le) / 1000);
const refuser = (mots) => {
  $("#faux").textContent = mots;
  $("#faux").hidden = false;
  $("#code").setAttribute("aria-invalid", true);
  $("#code").closest(".q").classList.add("faux");
  $("#code").value = "";
  $("#code").focus();
};
const essayer = async (partage, clef) => {
  const faux = (await lire(clef)) || { n: 0, le: 0 }, attente = reste(faux);
  if (attente > 0) return refuser($("#pin").dataset.trop.replace("%s", Math.ceil(attente)));
  // Counted before it is tried: a reload in between gains nothing. A full device must still open.
  await ecrire(clef, { n: faux.n + 1, le: Date.now() }).catch(() => {});
  if ((await derive($("#code").value.trim(), partage.sel)) !== partage.empreinte) return refuser($("#pin").dataset.non);
  await effacer(clef).catch(() => {});
  return true;
};
/* Open a page once the code is given; a device on which none was chosen has nothing to ask. */
export const demander = async (ouvrir) => {
  const partage = await lire("partage:" + plan.j);
  if (!partage) return ouvrir();
  let occupe = false;
  $("#pin").onsubmit = async (e) => {
    e.preventDefault();
    if (occupe) return;
    occupe = true;
    try {
      if (!(await essayer(partage, "faux:" + plan.j))) return;
      $("#pin").hidden = true;
      await ouvrir();
    } finally { occupe = false; }
  };
  $("#pin").hidden = false;
  $("#code").focus();
};

/* --- closing: left, or in silence for two minutes; nobody comes back to it open ---------------- */
export const refermer = (revenir, ouvert) => {
  let silence;
  const veiller = () => { clearTimeout(silence); silence = setTimeout(revenir, DEUX_MINUTES); };
  for (const quoi of ["pointerdown", "keydown", "input"]) addEventListener(quoi, veiller);
  addEventListener("pagehide", () => { ouvert.hidden = true; $("#code").value = ""; });
  addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });
  veiller();
};
