/* In a séance « Commencer » leads to the whole questionnaire at once, when this phone can seal what
   it answers: no network wait between questions. Without it, the link leads to the wizard. */
const lien = document.querySelector("[data-o]");
const relais = document.querySelector("[data-relais]");
if (isSecureContext && "indexedDB" in window && crypto.subtle) {
  if (lien) lien.href = lien.dataset.o;
  if (relais) relais.hidden = false;
}
