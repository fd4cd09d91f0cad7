// Big « Moins » and « Plus » beside each count, and the total said aloud; the numbers can be typed without it.
document.querySelectorAll("[data-mains]").forEach(function (champ) {
  [["Plus", 1], ["Moins", -1]].forEach(function (geste) {
    var bouton = document.createElement("button");
    bouton.type = "button";
    bouton.className = "second";
    bouton.textContent = geste[0];
    bouton.setAttribute("aria-label", geste[0] + "\u00a0: " + champ.labels[0].textContent.trim());
    bouton.addEventListener("click", function () {
      champ.value = Math.max(0, (Number(champ.value) || 0) + geste[1]);
      dire();
    });
    champ.after(bouton);
  });
  champ.addEventListener("input", dire);
});
function dire() {
  var mains = 0;
  document.querySelectorAll("[data-mains]:not([name=abstentions])").forEach(function (c) { mains += Number(c.value) || 0; });
  var abstentions = Number(document.querySelector("[name=abstentions]").value) || 0;
  var presents = Number(document.querySelector("[name=presents]").value) || 0;
  document.getElementById("total").textContent = mains + (mains > 1 ? " mains, " : " main, ") + abstentions + (abstentions > 1 ? " abstentions, pour " : " abstention, pour ") + presents + (presents > 1 ? " personnes présentes" : " personne présente");
}
