/* A wave of a cohort: the code of a card comes before the first question. Its check sign is verified
   here, with no network; then it is sealed with the answers. It has no name, is in no page that is
   left, and goes with the form's reset: at the end, at « start again », and after a silence. */
import { ALPHABET, lireCarte } from "./coffre.js";

const $ = (s) => document.querySelector(s);
const plan = JSON.parse($("#plan").textContent), c = plan.carte, champ = $("#carte"), faute = $("#carte-err");
const dire = (mots) => {
  faute.textContent = mots;
  faute.hidden = !mots;
  faute.parentElement.classList.toggle("faux", !!mots);
  champ.setAttribute("aria-invalid", !!mots);
};
const jour = () => new Date().toLocaleDateString("sv"); // year-month-day, where the tablet is
const refus = () => {
  if (jour() < c.du || jour() > c.au) return c.jours;
  if (lireCarte(champ.value)) return "";
  const absents = [...new Set((champ.value.split("#").pop().toUpperCase().match(/[\p{L}\p{N}]/gu) || []).filter((s) => !ALPHABET.includes(s)))];
  return c.faux + (absents.length ? " " + c.absents.replace("%(absents)s", absents.join(" ")) : "");
};
// Before the button's own handler: a wrong code goes no further.
addEventListener("click", (e) => {
  if (e.target.id !== "commencer") return;
  const mots = refus();
  dire(mots);
  fermer();
  if (!mots) return void (champ.value = lireCarte(champ.value));
  e.stopPropagation();
  champ.focus();
}, true);
if (location.hash !== "#l") history.replaceState(null, "", location.pathname); // no short way to the questions without a card
champ.onkeydown = (e) => { if (e.key === "Enter") { e.preventDefault(); $("#commencer").click(); } };
$("#f").addEventListener("reset", () => dire(""));
/* The camera, where the browser reads QR codes by itself: nothing leaves the device. */
const scanner = $("#scanner"), vue = $("#vue");
const guider = (mots) => {
  $("#vise").textContent = mots;
  scanner.setAttribute("aria-expanded", !!mots);
};
if ("BarcodeDetector" in window && navigator.mediaDevices) scanner.hidden = false;
const fermer = () => {
  if (vue.srcObject) for (const piste of vue.srcObject.getTracks()) piste.stop();
  vue.srcObject = null;
  vue.hidden = true;
  guider("");
};
scanner.onclick = async () => {
  if (vue.srcObject) return fermer();
  try {
    vue.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    vue.hidden = false;
    dire("");
    guider(c.montrez);
    await vue.play();
    const lecteur = new BarcodeDetector({ formats: ["qr_code"] }), fin = Date.now() + 3e4;
    while (vue.srcObject && Date.now() < fin) {
      const [vu] = await lecteur.detect(vue);
      if (vu) { champ.value = lireCarte(vu.rawValue); dire(refus()); break; }
      await new Promise((ok) => setTimeout(ok, 200));
    }
  } catch (x) { scanner.hidden = true; } // no camera, or it was refused: the code can be typed
  fermer();
  champ.focus();
};
