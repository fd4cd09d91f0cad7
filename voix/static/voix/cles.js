/* allauth only writes in the console that a key was refused: say it on the page. */
document.addEventListener("allauth.error", function () {
  var dire = document.getElementById("cle_refusee");
  dire.hidden = true;
  setTimeout(function () { dire.hidden = false; }, 50);
});
