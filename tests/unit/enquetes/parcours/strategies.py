"""Random right questionnaires and random answers, for property tests."""

from hypothesis import strategies as st

CODES = ["oui", "non", "autre"]


@st.composite
def conditions(draw, anterieures, profondeur=0):
    """Draw a condition on earlier questions, of any operator."""
    if profondeur < 2 and draw(st.booleans()):
        branche = draw(st.sampled_from(["all", "any", "not"]))
        if branche == "not":
            return {"not": draw(conditions(anterieures, profondeur + 1))}
        parties = draw(st.lists(conditions(anterieures, profondeur + 1), min_size=1, max_size=3))
        return {branche: parties}
    code, type_ = draw(st.sampled_from(anterieures))
    if type_ == "choix_multiple":
        return {"q": code, "has": draw(st.sampled_from(CODES))}
    if type_ == "jours":
        return {"q": code, draw(st.sampled_from(["ge", "le"])): draw(st.integers(0, 7))}
    return {"q": code, "eq": draw(st.sampled_from(CODES))}


@st.composite
def definitions(draw, pages=8):
    """Draw the JSON of a questionnaire of 1 to ``pages`` pages."""
    nombre, pages, anterieures = draw(st.integers(1, pages)), [], []
    for rang in range(nombre):
        type_ = draw(st.sampled_from(["choix_unique", "choix_multiple", "jours"]))
        question = {"code": f"q{rang}", "type": type_, "texte": {"fr": f"Question {rang} ?"}}
        if type_ != "jours":
            question["choix"] = [{"code": c, "texte": {"fr": c.title()}} for c in CODES]
        page = {"code": f"p{rang}", "questions": [question]}
        if anterieures and draw(st.booleans()):
            page["si"] = draw(conditions(anterieures))
        pages.append(page)
        anterieures.append((f"q{rang}", type_))
    return {
        "format": "voix-questionnaire/1",
        "code": "hasard",
        "titre": {"fr": "Hasard"},
        "langues": ["fr"],
        "pages": pages,
    }


@st.composite
def reponses(draw, donnees):
    """Draw answers, some missing, some refused, some to questions that are hidden."""
    tirees = {}
    for page in donnees["pages"]:
        for question in page["questions"]:
            valeur = draw(
                {
                    "choix_multiple": st.lists(st.sampled_from(CODES), min_size=1, unique=True),
                    "jours": st.integers(0, 7).map(str),
                    "choix_unique": st.sampled_from(CODES),
                }[question["type"]]
                | st.none()
                | st.just("_pnr")
            )
            if valeur is not None:
                tirees[question["code"]] = valeur
    return tirees
