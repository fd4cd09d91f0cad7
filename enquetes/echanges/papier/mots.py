"""The words of a sheet of paper, in the four languages of Voix; data, as those of question types."""

from typing import Final

from enquetes.parcours.definition import Texte


def _texte(fr: str, en: str, ar: str, uk: str) -> Texte:
    return Texte.depuis({"fr": fr, "en": en, "ar": ar, "uk": uk})


CONSIGNES: Final = (
    _texte(
        "Cochez la case de votre réponse. Vous pouvez laisser une question sans réponse.",
        "Tick the box of your answer. You may leave a question without an answer.",
        "ضعوا علامة في خانة إجابتكم. يمكنكم ترك سؤال بلا إجابة.",
        "Позначте клітинку своєї відповіді. Можна залишити питання без відповіді.",
    ),
    _texte(
        "Vos réponses sont anonymes. N’écrivez pas votre nom.",
        "Your answers are anonymous. Do not write your name.",
        "إجاباتكم مجهولة الهوية. لا تكتبوا أسماءكم.",
        "Ваші відповіді анонімні. Не пишіть свого імені.",
    ),
)
SANS_NOM: Final = _texte(
    "N’écrivez pas votre nom. Votre carte relie vos réponses entre elles.",
    "Do not write your name. Your card links your answers together.",
    "لا تكتبوا أسماءكم. بطاقتكم تربط إجاباتكم بعضها ببعض.",
    "Не пишіть свого імені. Ваша картка пов’язує ваші відповіді між собою.",
)
"""In place of the second sentence, where a card links the answers: they are not anonymous then."""
CARTE: Final = _texte(
    "Le code de votre carte", "The code on your card", "رمز بطاقتكم", "Код вашої картки"
)
PLUSIEURS: Final = _texte(
    "Vous pouvez cocher plusieurs réponses.",
    "You can tick several answers.",
    "يمكن اختيار عدة إجابات.",
    "Можна вибрати кілька відповідей.",
)
FIN: Final = _texte(
    "C’est fini. Merci. Pliez la feuille et mettez-la dans la boîte.",
    "You have finished. Thank you. Fold the sheet and put it in the box.",
    "انتهى. شكرا. اطووا الورقة وضعوها في الصندوق.",
    "Це все. Дякуємо. Складіть аркуш і покладіть його в скриньку.",
)
DESTRUCTION: Final = _texte(
    "Cette feuille sera détruite au plus tard le\u00a0: {jour}",
    "This sheet will be destroyed by: {jour}",
    "ستُتلف هذه الورقة في موعد أقصاه: {jour}",
    "Цей аркуш буде знищено не пізніше: {jour}",
)
SEULEMENT_SI: Final = _texte(
    "Seulement si vous avez répondu\u00a0: {condition}. {sinon}",
    "Only if you answered: {condition}. {sinon}",
    "فقط إذا أجبتم: {condition}. {sinon}",
    "Лише якщо ви відповіли: {condition}. {sinon}",
)
SINON: Final = _texte(
    "Sinon, passez à la question\u00a0{numero}.",
    "Otherwise, go to question {numero}.",
    "وإلا فانتقلوا إلى السؤال {numero}.",
    "Інакше перейдіть до питання {numero}.",
)
SINON_FIN: Final = _texte(
    "Sinon, c’est fini.", "Otherwise, you have finished.", "وإلا فقد انتهيتم.", "Інакше це все."
)
CASE: Final = _texte(
    "question\u00a0{numero}, case\u00a0{case} «\u00a0{texte}\u00a0»",
    "question {numero}, box {case} “{texte}”",
    "السؤال {numero}، الخانة {case} «{texte}»",
    "питання {numero}, клітинка {case} «{texte}»",
)
VALEUR: Final = _texte(
    "question\u00a0{numero}, «\u00a0{valeur}\u00a0»",
    "question {numero}, “{valeur}”",
    "السؤال {numero}، «{valeur}»",
    "питання {numero}, «{valeur}»",
)
AU_MOINS: Final = _texte(
    "question\u00a0{numero}, {valeur} ou plus",
    "question {numero}, {valeur} or more",
    "السؤال {numero}، {valeur} أو أكثر",
    "питання {numero}, {valeur} або більше",
)
AU_PLUS: Final = _texte(
    "question\u00a0{numero}, {valeur} ou moins",
    "question {numero}, {valeur} or less",
    "السؤال {numero}، {valeur} أو أقل",
    "питання {numero}, {valeur} або менше",
)
PAS: Final = _texte(
    "autre chose que ({condition})",
    "anything but ({condition})",
    "أي شيء غير ({condition})",
    "будь-що, крім ({condition})",
)
ET: Final = _texte(" et ", " and ", " و", " і ")
OU: Final = _texte(" ou ", " or ", " أو ", " або ")
