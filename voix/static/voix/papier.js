/* Typing sheets in: Enter goes to the next box; only the button at the end sends. */
const feuille = document.querySelector("[data-feuille]");
const suite = () => [...feuille.querySelectorAll("input:not([type=hidden]), textarea, button")];
feuille.addEventListener("keydown", (e) => {
  if (e.key !== "Enter" || e.shiftKey || e.isComposing || e.target.type === "submit") return;
  e.preventDefault();
  const toutes = suite();
  toutes[toutes.indexOf(e.target) + 1]?.focus();
});
