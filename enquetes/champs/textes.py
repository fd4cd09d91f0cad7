"""The words that question types bring themselves, in the four languages of Voix.

They are data and not gettext messages: results and exports need them too, whatever the language
of the page, and a published version must go on meaning the same.
"""

from typing import Final

from enquetes.parcours.definition import REFUS, Choix, Texte

NBSP: Final = "\u00a0"


def _texte(fr: str, en: str, ar: str, uk: str) -> Texte:
    return Texte.depuis({"fr": fr, "en": en, "ar": ar, "uk": uk})


def _echelle(*textes: Texte, depuis: int = 1, pictogramme: str = "") -> tuple[Choix, ...]:
    return tuple(
        Choix(str(rang), texte, pictogramme=f"{pictogramme}_{rang}" if pictogramme else "")
        for rang, texte in enumerate(textes, depuis)
    )


TEXTE_REFUS: Final = _texte(
    "Je préfère ne pas répondre",
    "I prefer not to answer",
    "أفضل عدم الإجابة",
    "Волію не відповідати",
)
CHOIX_REFUS: Final = Choix(REFUS, TEXTE_REFUS, exclusif=True)

PRECISEZ: Final = _texte(
    "Précisez, si vous voulez",
    "Say more, if you like",
    "وضّحوا، إن أردتم",
    "Уточніть, якщо бажаєте",
)

SOURIRES: Final = _echelle(
    _texte("Pas du tout", "Not at all", "لا، أبدا", "Зовсім ні"),
    _texte("Pas beaucoup", "Not much", "ليس كثيرا", "Не дуже"),
    _texte("Assez", "Quite", "إلى حد ما", "Досить"),
    _texte("Beaucoup", "Very much", "كثيرا", "Дуже"),
    pictogramme="sourire",
)
ACCORDS: Final = _echelle(
    _texte("Pas du tout d’accord", "Strongly disagree", "لا أوافق أبدا", "Зовсім не погоджуюся"),
    _texte("Plutôt pas d’accord", "Rather disagree", "لا أوافق غالبا", "Радше не погоджуюся"),
    _texte("Plutôt d’accord", "Rather agree", "أوافق غالبا", "Радше погоджуюся"),
    _texte("Tout à fait d’accord", "Strongly agree", "أوافق تماما", "Цілком погоджуюся"),
)
CONFIANCES: Final = _echelle(
    _texte("Pas sûr du tout", "Not sure at all", "لست واثقا أبدا", "Зовсім не впевнено"),
    _texte("Plutôt pas sûr", "Rather not sure", "لست واثقا غالبا", "Радше не впевнено"),
    _texte("Entre les deux", "In between", "بين الاثنين", "Посередині"),
    _texte("Plutôt sûr", "Rather sure", "واثق غالبا", "Радше впевнено"),
    _texte("Tout à fait sûr", "Completely sure", "واثق تماما", "Цілком упевнено"),
)
JOURS: Final = tuple(
    Choix(
        str(n),
        _texte(
            f"{n}{NBSP}jour" + ("s" if n > 1 else ""),
            f"{n} day" + ("" if n == 1 else "s"),
            ("يوم واحد" if n == 1 else "يومان" if n == 2 else f"{n} أيام") if n else "0 يوم",  # noqa: PLR2004  (Arabic dual)
            f"{n} " + ("день" if n == 1 else "дні" if n in {2, 3, 4} else "днів"),
        ),
    )
    for n in range(8)
)
FOIS: Final = (
    *(Choix(str(n), _texte(str(n), str(n), str(n), str(n))) for n in range(4)),
    Choix("4", _texte("4 ou plus", "4 or more", "4 أو أكثر", "4 або більше")),
)
OUI_NON: Final = (
    Choix("oui", _texte("Oui", "Yes", "نعم", "Так"), pictogramme="oui"),
    Choix("non", _texte("Non", "No", "لا", "Ні"), pictogramme="non"),
    Choix(
        "nsp",
        _texte("Je ne sais pas", "I don’t know", "لا أعرف", "Не знаю"),
        pictogramme="question",
    ),
    Choix(
        "nc",
        _texte(
            "Cela ne me concerne pas",
            "This does not apply to me",
            "هذا لا يعنيني",
            "Це мене не стосується",
        ),
    ),
)
