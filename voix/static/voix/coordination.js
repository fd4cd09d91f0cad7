// Only makes two things quicker; everything works without it.
document.querySelectorAll("[data-copier]").forEach(function (champ) {
  var bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = "bouton second";
  bouton.textContent = "Copier l’adresse";
  champ.after(bouton);
  bouton.addEventListener("click", function () {
    champ.select();
    var copie = navigator.clipboard
      ? navigator.clipboard.writeText(champ.value)
      : Promise.reject(new Error("presse-papiers"));
    copie.catch(function () { document.execCommand("copy"); }).then(function () {
      bouton.textContent = "Adresse copiée";
    });
  });
});
document.querySelectorAll("[data-imprimer]").forEach(function (aide) {
  var bouton = document.createElement("button");
  bouton.type = "button";
  bouton.textContent = "Imprimer l’affiche";
  aide.before(bouton);
  bouton.addEventListener("click", function () { window.print(); });
});
