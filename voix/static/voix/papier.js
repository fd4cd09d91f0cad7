/* Typing sheets in: Enter goes to the next box that the answers lead to; only the button at the end sends. */
const feuille = document.querySelector("[data-feuille]");
const passee = (boite) => {
  const mere = boite.dataset.si && feuille.elements[boite.dataset.si];
  if (!mere) return false;
  if (passee(mere)) return true;
  const tapes = mere.value.match(boite.dataset.large ? /\d+|[?]/g : /[\d?]/g); // as the server reads them
  return Boolean(mere.value.trim()) && !(tapes || []).some((n) => n === "?" || boite.dataset.cases.split(" ").includes(n));
};
const suite = () => [...feuille.querySelectorAll("input:not([type=hidden]), textarea, button")];
feuille.addEventListener("keydown", (e) => {
  if (e.key !== "Enter" || e.shiftKey || e.isComposing || e.target.type === "submit") return;
  e.preventDefault();
  const toutes = suite();
  toutes.slice(toutes.indexOf(e.target) + 1).find((boite) => !passee(boite))?.focus();
});
