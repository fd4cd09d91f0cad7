"""Find a figure about persons in a text typed by hand, in any language and any script.

It would go round the protected tables: « 7 mères seules » says seven, whatever the table hides. What
is a day, an hour, a price, a weight, an address or a number of organisations is taken away first; any
other number beside a word, any percentage and any number in words beside persons is a figure.
"""

import re
import unicodedata
from typing import Final

_N: Final = r"\d{1,12}(?:[ .,\u066b\u066c]\d{1,12}){0,3}"
"""A number, or the end of a longer one: every pattern looks at a bounded part of the text."""
_APRES: Final = r"(?![^\W\d_])"
_MOIS: Final = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
    "|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня"
    "|يناير|فبراير|مارس|أبريل|إبريل|ماي|مايو|يونيو|يوليو|غشت|أغسطس|شتنبر|سبتمبر|أكتوبر|نونبر|نوفمبر|دجنبر|ديسمبر"
    "|جانفي|فيفري|أفريل|جوان|جويلية|أوت"
)
_JOURS: Final = (
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    "|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_MESURES: Final = (
    "h|heures?|minutes?|min|mn|jours?|semaines?|mois|ans?|années?|trimestres?|fois|euros?|centimes?|€|kg|kilos?"
    "|kilogrammes?|g|grammes?|l|litres?|km|kilomètres?|m|m2|mètres?|étages?|rue|avenue|boulevard|place|allée|chemin|impasse"
    "|hours?|hrs?|minutes?|days?|weeks?|months?|years?|times|am|pm|pounds?|kilograms?|litres?|liters?|kilometres?|metres?"
    "|годин[аиу]?|год|хвилин[аиу]?|хв|день|дні|днів|дня|тиждень|тижні|тижнів|тижня|місяць|місяці|місяців|місяця"
    "|рік|роки|років|року|рази|разів|разу|євро|кг|г|л|км|м"
    "|ساعة|ساعات|دقيقة|دقائق|يوم|يوما|أيام|أسبوع|أسبوعا|أسابيع|شهر|شهرا|أشهر|شهور|سنة|سنوات|مرة|مرات|يورو|كغ|كيلو|كيلوغرام|كم|لتر"
)
_ORGANISATIONS: Final = (
    "territoires?|communes?|départements?|acteurs?|structures?|associations?|instances?|réunions?|séances?|ateliers?"
    "|actions?|propositions?|jalons?|lieux|créneaux|sites?|épiceries?|organisations?|indicateurs?"
    "|places? in all|organisations|workshops?|meetings?|actions?"
)
_CHOSES: Final = (
    "places|sièges?|repas|paniers?|colis|produits?|recettes?|tables?|chaises?|panneaux?|questions?|langues?|pages?"
    "|seats?|places|meals?|baskets?|parcels?|products?|recipes?|tables?|chairs?|questions?|languages?|pages?"
    "|місц[еья]|місць|страв[аи]?|кошик(?:и|ів|а)?|рецепт(?:и|ів|а)?|мов[аи]?"
    "|مقاعد|مقعد|مقعدا|أماكن|وجبات|وجبة|سلال|سلة|وصفات|وصفة|لغات"
)
"""Things: « 7 places » counts nobody. « 7 places sur 23 personnes » does, and is not taken away."""
_PERMIS: Final = tuple(
    re.compile(motif, re.IGNORECASE)
    for motif in (
        r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b",  # a whole date; 7/12 alone may be seven of twelve
        r"(?:\+\d{2} ?\d|\b0\d)(?:[ .]?\d\d){4}\b",
        rf"\b(?:\d{{1,2}} ?(?:à|-|–) ?)?\d{{1,2}} ?(?:h|heures?) ?(?:\d{{2}}\b|{_APRES})",
        r"\b\d{1,2}:\d\d\b",
        rf"\b\d{{1,2}}(?:er|st|nd|rd|th|-го)? (?:of )?(?:{_MOIS})(?: \d{{4}})?{_APRES}",
        rf"\b(?:{_MOIS}) \d{{1,2}}(?:,? \d{{4}})?\b",
        rf"\b(?:{_MOIS}|en|in|depuis|since|fin|début|année|у|в|في|عام|سنة) (?:19|20)\d\d\b",
        rf"\b(?:{_JOURS}) \d{{1,2}}\b",
        rf"\b\d{{1,4}} ?(?:er|ère|re|e|ème|nde?|st|th|rd|-й|-го){_APRES}",
        rf"[€$£] ?{_N}|{_N} ?[€$£]",
        r"\b\d{5}\b(?! ?%)",  # a postal code; a figure about so many is on no return
        rf"\b{_N} (?:(?:{_ORGANISATIONS}) )?(?:sur|of) {_N} (?:{_ORGANISATIONS}){_APRES}",
        rf"\b{_N} (?:{_ORGANISATIONS}) (?:sur|of) {_N}{_APRES}",
        rf"\b(?:{_N} ?(?:-|–|à|a|et|ou|to|and|or|до|і|و|إلى|أو) ?){{0,6}}{_N} ?(?:{_MESURES}|{_ORGANISATIONS}|{_CHOSES}){_APRES}",
    )
)
_PERSONNES: Final = (
    "personnes?|familles?|foyers?|ménages?|femmes?|hommes?|mères?|pères?|parents?|mamans?|papas?|enfants?|jeunes|adultes?"
    "|aîné[es]{0,2}|seniors?|bénéficiaires?|habitante?s?|réponses?|répondante?s?|participante?s?|usag[eè]re?s?|gens|voix"
    "|bénévoles?|étudiante?s?|retraitée?s?|d’entre (?:vous|nous|eux|elles)"
    "|people|persons?|famil(?:y|ies)|households?|wom[ae]n|m[ae]n|mothers?|fathers?|mums?|dads?|child(?:ren)?|kids|adults?"
    "|beneficiar(?:y|ies)|users?|participants?|respondents?|answers?|responses?|residents?|students?|volunteers?|of (?:you|them|us)"
    r"|люд\w{1,20}|осіб|особ\w{0,20}|сім\w{1,20}|родин\w{0,20}|жін\w{1,20}|чоловік\w{0,20}|матер\w{1,20}|мам\w{0,20}|діт\w{1,20}|дит\w{1,20}|відповід\w{1,20}|учасни\w{1,20}|мешкан\w{1,20}|з вас"
    "|أشخاص|شخص|شخصا|عائلات|عائلة|أسرة|أسر|نساء|امرأة|رجال|رجل|أمهات|أم|أطفال|طفل|إجابات|إجابة|مستفيد|مستفيدين|مشارك|مشاركين|ناس|منكم|منهم"
)
_EN_MOTS: Final = (
    "zéro|une? seule?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    "|dix-(?:sept|huit|neuf)|vingt|trente|quarante|cinquante|soixante|cents?|mille|moitié|tiers|quarts?"
    "|dizaines?|douzaines?|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|soixantaine|centaines?"
    "|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|hundreds?|thousands?|dozens?|half|third|quarter"
    "|дв[аіо]є?|троє|три|четверо|чотири|п.?ять|п.?ятеро|шість|сім|вісім|дев.?ять|десять|одинадцять|дванадцять|двадцять|тридцять"
    "|сорок|п.?ятдесят|шістдесят|сто|половина|третина"
    "|اثنان|اثنتان|اثنين|ثلاثة?|أربعة?|خمسة?|ستة?|سبعة?|ثماني|ثمانية|تسعة?|عشرة?|عشرون|عشرين|ثلاثون|ثلاثين|أربعون|أربعين|خمسون|خمسين|مئة|مائة|نصف|ثلث"
)
_ENTRE: Final = r"(?:(?:de|des|d’|of|the|autres?|jeunes|seules?|grande?s|petite?s|other|young|інш\w{1,20}) ?){0,2}"
_FIGURES: Final = tuple(
    re.compile(motif, re.IGNORECASE)
    for motif in (
        "[%\u066a\u2030]",
        rf"(?:{_N}|\b(?:{_EN_MOTS})\b) ?(?:pour ?cents?|per ?cent|відсот\w{1, 20}|процент\w{1, 20}|بالمئة|بالمائة|في المئة|في المائة)",
        rf"{_N} ?(?:/|sur|of|out of|з|із|من(?: أصل)?) ?{_N}",
        rf"{_N}[ -]?[^\W\d_]",
        rf"\b(?:{_PERSONNES}) ?[:=(]{{0,3}} ?{_N}",
        rf"\( ?{_N} ?\)",
        rf"\b(?:{_EN_MOTS}) (?:personnes? )?(?:sur|of|out of|з|із|من) (?:{_EN_MOTS}|{_N})\b",
        rf"\b(?:{_EN_MOTS}) {_ENTRE}(?:{_PERSONNES})\b",
    )
)


def a_un_chiffre(texte: str) -> bool:
    """Return whether a text holds a figure about persons."""
    lu = unicodedata.normalize("NFKC", texte).replace("'", "’").replace("\u2011", "-")
    lu = re.sub(r"\s+", " ", lu).casefold()
    for motif in _PERMIS:
        lu = motif.sub(" · ", lu)
    return any(motif.search(lu) for motif in _FIGURES)
