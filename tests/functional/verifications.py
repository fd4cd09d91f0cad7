"""What a page must be, beyond what axe can see."""

from pathlib import Path

from tests.w3c import messages_du_w3c

REGARD = {"porte": True}
"""Whether pages are looked at: no database changes how one is made, so a second run only opens them (ADR 0099)."""

MODULES = Path(__file__).resolve().parents[2] / "node_modules"
AXE = MODULES / "axe-core/axe.min.js"
# A framed page (the preview of coordination) is a respondents' page, verified for itself.
# axe cannot judge the contrast of words in a drawing, and says so of each: CONTRASTE_DES_DESSINS does.
# The page's own policy forbids injected scripts: axe is evaluated, not inserted.
LANCER_AXE = """async () => {
  const r = await axe.run({exclude: [["figure svg[aria-hidden=true]"]]}, {rules: {"frame-tested": {enabled: false}}, resultTypes: ["violations", "incomplete"]});
  const dire = regle => `${regle.id}: ${regle.nodes.map(n => n.target + " " + n.any.map(a => a.message).join()).slice(0, 3).join(" | ")}`;
  return {violations: r.violations.map(dire), incomplete: r.incomplete.map(dire)};
}"""
ECARTS = """() => {
  const ecarts = [], ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  for (const id of ids) if (ids.filter(x => x === id).length > 1) ecarts.push("id double " + id);
  for (const a of ["aria-describedby", "aria-labelledby", "for"])
    for (const e of document.querySelectorAll(`[${a}]`))
      for (const id of e.getAttribute(a).split(/\\s+/)) if (!document.getElementById(id)) ecarts.push(`${a} → ${id}`);
  for (const e of document.querySelectorAll("a[href^='#']"))
    if (!document.getElementById(decodeURIComponent(e.hash.slice(1)))) ecarts.push("lien → " + e.hash);
  const h1 = document.querySelectorAll("h1").length;
  if (h1 !== 1) ecarts.push(h1 + " h1");
  for (const e of document.querySelectorAll("input[type=radio],input[type=checkbox][id*='_']"))
    if (e.type === "radio" && !e.closest("fieldset")?.querySelector("legend")) ecarts.push("sans légende " + e.name);
  for (const e of document.querySelectorAll("input:not([type=hidden]),select,textarea"))
    if (!e.labels?.length) ecarts.push("sans étiquette " + e.name);
  if (location.pathname.startsWith("/r/") && document.querySelector("[required]")) ecarts.push("required");
  if (!document.documentElement.lang || (document.documentElement.dir || "ltr") === "") ecarts.push("lang");
  return ecarts;
}"""
CONTRASTE_DES_DESSINS = """() => {
  const nombres = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const clarte = c => nombres(c).slice(0, 3).map(x => x / 255)
    .map(x => x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4)
    .reduce((somme, x, i) => somme + x * [.2126, .7152, .0722][i], 0);
  const fond = e => {
    const c = getComputedStyle(e).backgroundColor;
    return nombres(c)[3] === 0 && e.parentElement ? fond(e.parentElement) : c;
  };
  const couleur = c => nombres(c).length > 2 && nombres(c)[3] !== 0;
  // Words in a bar lie on the colour of the bar, as drawn at their middle.
  const dessous = e => {
    e.scrollIntoView({block: "center"});
    const r = e.getBoundingClientRect();
    const formes = document.elementsFromPoint((r.left + r.right) / 2, (r.top + r.bottom) / 2)
      .filter(x => x.matches("path,rect") && couleur(getComputedStyle(x).fill));
    return formes.length ? getComputedStyle(formes[0]).fill : fond(e);
  };
  const sur = (a, b) => (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  return [...document.querySelectorAll("figure svg text")]
    .map(e => [e.textContent, sur(clarte(getComputedStyle(e).fill), clarte(dessous(e)))])
    .filter(([, rapport]) => rapport < 4.5).map(([mot, rapport]) => `${mot} ${rapport.toFixed(1)}`)
    .concat([...document.querySelectorAll("figure")].filter(f => !f.querySelector("figcaption")?.textContent.trim())
      .map(() => "figure sans texte"));
}"""
PETITES_CIBLES = """min => [...document.querySelectorAll("a,button,input:not([type=hidden]),select,textarea,summary")]
  .filter(e => e.offsetParent && (e.closest("h2,h3") || !e.closest("p,dd,li,td,th")) && !e.classList.contains("saut"))
  .map(e => [e, (e.closest(".o") || e).getBoundingClientRect()])
  .filter(([e, r]) => r.height && r.height < min - .5)
  .map(([e, r]) => `${e.tagName} ${e.textContent.trim().slice(0, 30)} ${Math.round(r.height)}px`)"""
COLLES = """() => [...document.querySelectorAll("footer>*,header nav>*")]
  .map(e => [e, e.nextElementSibling]).filter(([e, f]) => f && e.offsetParent && f.offsetParent)
  .map(([e, f]) => [e, e.getBoundingClientRect(), f.getBoundingClientRect()])
  .filter(([, a, b]) => a.top === b.top && a.height && b.height && Math.max(b.left - a.right, a.left - b.right) < 6)
  .map(([e]) => e.textContent.trim())"""
ESPACEMENT = """() => {
  document.documentElement.style.fontSize = "225%";
  const s = new CSSStyleSheet();
  s.replaceSync("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}");
  document.adoptedStyleSheets = [s];
}"""
ETROITES = """() => [...document.querySelectorAll("main p,main li,main dt,main dd,main label,main h1,main h2")]
  .filter(e => e.offsetParent && !e.closest(".vh,.defile") && e.textContent.trim().length > 3)
  .filter(e => e.getBoundingClientRect().width < 2 * parseFloat(getComputedStyle(e).fontSize))
  .map(e => `${e.tagName} ${e.textContent.trim().slice(0, 30)} ${Math.round(e.getBoundingClientRect().width)}px`)"""
DEBORDE = """() => {
  const large = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= large) return [];
  return [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > large + 1 && !e.closest(".defile"))
    .map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`).slice(0, 5);
}"""


def verifier_axe(page) -> None:
    """Assert that axe finds no violation and nothing to review."""
    if not REGARD["porte"]:
        return
    # A click returns when the next page begins; axe on a document half received breaks.
    page.wait_for_load_state("load")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    resultat = page.evaluate(LANCER_AXE)
    assert resultat == {"violations": [], "incomplete": []}, page.url


def verifier_ecarts(page, cible: int = 48) -> None:
    """Assert labels, legends, references, headings and the size of what is tapped."""
    page.wait_for_load_state("load")
    assert page.evaluate(ECARTS) == [], page.url
    assert page.evaluate(CONTRASTE_DES_DESSINS) == [], page.url
    assert page.evaluate(COLLES) == [], f"mots collés {page.url}"
    assert page.evaluate(PETITES_CIBLES, cible) == [], page.url


def verifier_agrandissement(page) -> None:
    """Assert that nothing leaves a 320 px screen with text doubled and spaced out."""
    avant = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(DEBORDE) == [], f"320 px {page.url}"
    page.evaluate(ESPACEMENT)
    assert page.evaluate(DEBORDE) == [], f"320 px, 200 %, espacement {page.url}"
    assert page.evaluate(ETROITES) == [], f"une lettre par ligne {page.url}"
    page.evaluate(
        "() => { document.documentElement.style.fontSize = ''; document.adoptedStyleSheets = []; }"
    )
    page.set_viewport_size(avant)


def verifier_couleurs_forcees(page) -> None:
    """Assert that drawings are read in the colours that a person forces: their ink was 1.3 on black."""
    for fond in ("dark", "light"):
        page.emulate_media(forced_colors="active", color_scheme=fond)
        assert page.evaluate(CONTRASTE_DES_DESSINS) == [], f"couleurs forcées, {fond} {page.url}"
    page.emulate_media(forced_colors="none", color_scheme="light")


def verifier_page(page) -> None:
    """Assert all of it."""
    if not REGARD["porte"]:
        return
    verifier_couleurs_forcees(page)
    verifier_axe(page)
    verifier_ecarts(page)
    verifier_agrandissement(page)


def verifier_html(sources: dict[str, str]) -> None:
    """Assert that the W3C's checker has nothing to say of these pages, as the server sent them."""
    if not REGARD["porte"]:
        return
    ecarts = [
        f"{adresse} l. {m.get('lastLine')}: {m['message']}"
        for adresse, source in sources.items()
        for m in messages_du_w3c(source)
    ]
    assert ecarts == []
