/* In a séance « Commencer » leads to the whole questionnaire at once, when this phone can seal what
   it answers: no network wait between questions. Without it, the link leads to the wizard. */
const lien = document.querySelector("[data-o]");
if (lien && isSecureContext && "indexedDB" in window && crypto.subtle) lien.href = lien.dataset.o;
