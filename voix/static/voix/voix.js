/* Only enhances: every page works without it. ES5, for phones of 2015; inlined with its comments,
   indentation and line ends taken out, so every statement ends with its semicolon. */
(function (d) {
  /* One press sends once (the server also sees to it); free again when the page comes back, or when
     nothing came: on a weak network people press « stop », then once more. */
  var f = d.querySelector("form[method=post]"), s = 0, b = f && f.querySelector("[type=submit]");
  /* A card's QR code carries its code after « # »: it never reaches a log. */
  var c = d.querySelector("[data-carte]"), h = location.hash.slice(1);
  if (c && /^[0-9A-Z]{4}-/.test(h)) c.value = h;
  function libre(oui) {s = !oui; if (b) b.setAttribute("aria-disabled", String(s));}
  if (f) {
    f.addEventListener("submit", function (e) {if (s) return e.preventDefault(); libre(0); setTimeout(libre, 8e3, 1);});
    /* « None of these » unticks the others, and the other way round. */
    f.addEventListener("change", function (e) {
      var t = e.target;
      if (t.type == "checkbox" && t.checked) [].forEach.call(f.elements, function (o) {
        if (o != t && o.name == t.name && (t.hasAttribute("data-seul") || o.hasAttribute("data-seul"))) o.checked = false;
      });
    });
  }
  /* On a shared device nothing of a page that is left comes back from the browser's memory. */
  var partage = d.getElementById("outils");
  addEventListener("pageshow", function (e) {libre(1); if (partage && e.persisted) location.reload();});
  if (partage) addEventListener("pagehide", function () {d.body.textContent = "";});
  /* Reads the question aloud, when the phone has a voice for the language. */
  var S = window.speechSynthesis, p = d.getElementById("ecouter");
  if (!S || !p) return;
  function voix(l) {return S.getVoices().filter(function (v) {return v.lang.slice(0, 2) == l;})[0];}
  function montrer() {p.hidden = !voix(d.documentElement.lang);}
  montrer();
  S.onvoiceschanged = montrer;
  p.onclick = function () {
    if (S.speaking) return S.cancel();
    [].forEach.call(d.querySelectorAll("main h1,.q .aide,.dit,.err,.o label,.q>label"), function (n) {
      var u = new SpeechSynthesisUtterance(n.textContent), l = n.querySelector("[lang]") || n.closest("[lang]");
      u.lang = l.lang;
      u.voice = voix(l.lang);
      u.rate = 0.9;
      S.speak(u);
    });
  };
  addEventListener("pagehide", function () {S.cancel();});
})(document);
