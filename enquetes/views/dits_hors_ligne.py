"""What the scripts of who runs the séance say, in French: carried by the page, not by the script."""

from typing import Any, Final

DIT_DES_ESSAIS: Final = {
    "promesse": "Envoyez dès que le réseau revient.",
    "pas_inscrit": "Cet appareil n’est pas inscrit. Recommencez depuis la page de la séance.",
    "retire": "Cet appareil a été retiré, ou la séance ne reçoit plus. Recommencez depuis la page de la séance.",
    "attendent": "Réponses qui attendent déjà sur cet appareil\u00a0: ",
    "rouverte": "Cette page s’est rouverte sans réseau. L’appareil est prêt.",
    "avec_reseau": "L’essai a eu lieu avec du réseau. Coupez-le, puis recommencez.",
    "marche": "Le réseau marche encore. Passez en mode avion, puis appuyez à nouveau.",
}
SATURE: Final = "Le serveur ne peut rien garder pour l’instant. L’appareil réessaiera seul."
DIT_DU_COIN: Final[dict[str, Any]] = {
    "tout": "Tout est envoyé.",
    "attend": "Un envoi attend sur cet appareil.",
    "attendent": " envois attendent sur cet appareil.",
    "en_cours": "Envoi en cours…",
    "mal": "Le serveur répond mal (%s). L’appareil réessaiera seul.",
    "deja": "Déjà arrivés dans une autre version, qui compte seule\u00a0: %s.",
    "abimees": "Abîmés, que le serveur ne sait pas lire\u00a0: %s.",
    "pannes": {
        "": "Le réseau ne répond pas. Tout partira seul quand il reviendra.",
        "401": "Le serveur n’accepte plus cet appareil\u00a0: il a été retiré, ou la séance ne reçoit plus de réponses. Rien n’est perdu. Exportez les réponses scellées et importez le fichier sur la page de la séance, ou préparez la tablette à nouveau.",
        "retry": SATURE,
        "503": SATURE,
        "200": "Ce réseau demande que l’on s’y connecte\u00a0: ouvrez une autre page, connectez-vous, puis réessayez.",
    },
}
DIT_DU_RAPPORT: Final = {
    "suite": "Continuer",
    "enregistrer": "Enregistrer",
    "repris": "Voici ce que vous aviez commencé.",
    "preuve": "Dites ce qui le montre, avec sa date, ou choisissez un autre niveau.",
    "vide": "Il n’y a encore rien à enregistrer.",
    "garde": "C’est gardé sur cet appareil, scellé. Cela partira quand il y aura du réseau.",
    "parti": "C’est envoyé. Relisez-le sur la page de la séance.",
    "plein": "Cet appareil n’arrive pas à le garder. Ne fermez pas cette page\u00a0: libérez de la place, puis réessayez.",
    "pas_pret": "Cet appareil n’est pas préparé pour cette séance. Préparez-le, ou faites le compte rendu sur la page de la séance.",
}
DIT_DES_MAINS: Final = {
    "preuve": "Il y a plus de mains que de personnes présentes. Recomptez, ou dites combien vous êtes.",
}
"""What the page of the hands says otherwise than that of the report."""
