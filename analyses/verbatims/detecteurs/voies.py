"""The grammar of addresses: numbers, kinds of streets and their short forms, what completes them."""

import re
from typing import Final

from analyses.verbatims.pliage import ensemble

_SUREMENT_ENTENDU: Final = (
    r"bo?ull?[ei]?v[ae]re?[dt]?s?|re[sz]id[ae]n[sc]e?|[iy][mn]pass?e|[iy][mn]pas|lotiss?e?man"
)
_COMME_ON_L_ENTEND: Final = rf"{_SUREMENT_ENTENDU}|av[ea]n(?:ue?|ou)|all?ee|kartier|cartier(?=\s(?:des?|du)\b)|quartie|plass?e?|squar|skwar|hamm?o|fobour"
SUREMENT_ENTENDU: Final = re.compile(_SUREMENT_ENTENDU)
"""Kinds of streets as they are heard: « boulvar », « résidanse », « inpasse »."""
_QUALITE: Final = r"(?:grande?s?|petite?s?|vieille|vieux|ancienne?|nouvelle|haute?|basse?)"
VOIE: Final = (
    r"(?:rues?|ru|rru|r\.?|av[ea]nue?|boulevar[dt]?|boulvard|alle(?=\s(?:des?|du)\b)|av\.?|ave\.?|boul|bvd|bd\.?|bld|blvd|allees?|al[l]?ee?|al\.|"
    r"che?min|chem\.?|chm|ch\.|che|impasse|imp\.?|place|pl\.?|square|sq\.|quai|cours|passage|pass\.|route|rte|ruelle|"
    r"sentier|sente|voie|venelle|villa|cite|residence|res\.?|lotissement|lot\.?|hameau|faubourg|fbg|fg|promenade|"
    r"esplanade|r(?:on)?d[ -]?p(?:oin)?t|traverse|montee|cote|clos|domaine|parvis|mail|porte|quartier|zone|zae?|zac|zi|"
    r"mas|corniche|digue|levee|galerie|coursive|cour|camping|moulin|chalet|chaussee|rampe|carrefour|escaliers?|straede?|hent|strada|"
    rf"{_COMME_ON_L_ENTEND})"
)
LIANT: Final = (
    r"(?:(?:de la|de l|des|du|de|d|la|le|les|lo|los|l|aux|au|a|en|sur|sous|saint|sainte|st|ste|general|gal|gl|mal|marechal|"
    r"docteur|dr|president|pdt|abbe|capitaine|cdt|commandant|colonel|col|professeur|pr|jean|11|8|19|14)[\s'\-.]{1,2})"
)
_EN_MOTS: Final = (
    r"(?:(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|"
    r"quarante|cinquante|soixante|cents?|mille)(?:(?:\set\s|[\s\-])(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|"
    r"onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|cents?)){0,5}|un(?=[\s,]{1,2}(?:bis|ter|rue|avenue|allee|impasse|route)\b))"
)
_BIS: Final = r"(?:bis|ter|quater|[a-d](?![a-z']))"
_NATURE: Final = r"(?:\s(?:rurale?|vicinale?|communale?|privee?|forestiere?|departementale?|pietonne)(?=[\s,]{1,2}(?:de|du|des|d'|n°)))?"
NUMERO: Final = rf"(?:(?:n\s?°?|num(?:ero)?|lot|villa|pavillon|parcelle)\s?)?(?:[0-9]{{1,4}}(?:(?:\s?[-/]\s?|\s(?:et|ou|a|au)\s(?:le\s)?)[0-9]{{1,4}})?(?:\s?{_BIS})?|{_EN_MOTS}(?![a-z])(?:\s{_BIS})?)"
AVEC_NUMERO: Final = re.compile(
    rf"(?<![0-9a-z.,/])(?P<numero>(?:pk\s)?{NUMERO})\s?[,;]?\s{{0,2}}(?:(?:dans|de|du) )?(?:la |l'|au )?"
    rf"(?:{_QUALITE}[\s\-'])?(?P<voie>{VOIE})(?![a-z]){_NATURE}[\s,]{{1,2}}"
)
SANS_NUMERO: Final = re.compile(
    rf"(?<![a-z0-9])(?:{_QUALITE}[\s\-'])?(?P<voie>rue|av[ea]nue|av\.?|ave\.|boulevar[dt]|bvd|blvd|bld|bd\.?|allee|alee|allees|al\.|che?min|chem\.?|ch\.|"
    r"impasse|imp\.?|place|pl\.|pl(?=\sd[eu])|square|sq\.|quai|ruelle|residence|res\.?|lotissement|lot|hlm|immeuble|bat(?:iment)?|tour|hameau|faubourg|fbg|cite|"
    r"quartier|lieu[ -]?dit|ld|clos|domaine|cours|route|rte|sentier|sente|venelle|traverse|montee|r(?:on)?d[ -]?p(?:oin)?t|passage|"
    rf"esplanade|villa|mas|corniche|camping|parvis|promenade|digue|zae?|zac|zi|zone (?:artisanale|industrielle|commerciale|d'activites?)|ferme|moulin|chateau|chalet|manoir|{_COMME_ON_L_ENTEND})(?![a-z])"
    rf"(?:\s(?:universitaire|sociale|etudiante|autonomie|seniors?|hlm))?{_NATURE}\s{{0,2}}:?\s{{1,2}}"
)
GRANDE_RUE: Final = re.compile(
    rf"(?<![0-9a-z.,/])(?P<numero>{NUMERO}[\s,]{{1,2}}(?:de la )?)?(?P<voie>(?:grande?|gr|gde|grd)\.?[\s'\-]{{1,2}}rue)(?![a-z])"
)
NOM: Final = re.compile(
    rf"(?:du|de la|de l')?\s?(?P<jour>[0-9]{{1,2}}(?:er)?\s(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|"
    rf"octobre|novembre|decembre)(?:\s(?:(?:19|18)[0-9]{{2}}|[1-4][0-9])(?![0-9]))?)"
    rf"|{LIANT}{{0,4}}(?:[a-z]\.\s?){{0,3}}(?P<mot>(?<=[ls]\s)(?:[2-9]|1[0-9]|deux|trois|quatre|cinq|six|sept|neuf|douze)\s[^\W\d_][\w\-]{{2,30}}|[^\W\d_][\w'\-]{{1,30}}|[0-9]{{1,4}}(?![0-9])(?:\s?(?:ere|er|eme|e)(?:\s[^\W\d_]{{2,12}})?(?![a-z]))?)"
)
SUITE: Final = re.compile(r"[\s\-']{1,2}(?P<mot>[^\W\d_][\w\-]{1,30})")
SUITE_LIEE: Final = re.compile(
    r"\s(?:(?:de la|de l'|des|du|de|d'|et|aux|sur|la|le|les|l')\s?){1,2}(?P<mot>[^\W\d_][\w\-]{1,30})"
)

_PIECE: Final = (
    r"(?:bat(?:iment|imen(?!t)|imant?)?|bt|bloc|tour|escalier|esc|entree|ent|hall|cage|montee|allee|appt?|apt|apart(?:ement)?|appartement|"
    r"appart|porte|pte|etage|chambre|chb|ch|lot|logement|logt|lgt|studio|pavillon|pav|emplacement|"
    r"code|interphone|digicode|boite|bal|bp|cs|tsa)"
)
_ORDINAL: Final = (
    r"(?:[0-9]{1,2}\s?(?:ere|er|eme|ieme|em|e|°)?|premier|deuxieme|troisieme|quatrieme|cinquieme|sixieme|septieme|"
    r"huitieme|neuvieme|dixieme|dernier|rez)"
)
_COTE: Final = r"(?:gauche|droite|droit|face|fond|sur (?:cour|rue)|au fond(?: de la cour)?|(?:porte|pte) (?:de )?(?:gauche|droite|face|[a-z0-9]{1,4}))"
_ETAGE_DE: Final = rf"{_ORDINAL}\s?(?:-?de-?\s?chaussee|de chaussee|etage|etg\.?|et\.|et(?=\s{{0,2}}(?:$|[,;.]|gauche|droite|porte|pte)))"
_PIECE_NUMEROTEE: Final = rf"{_PIECE}\.?\s?(?:n°|n|numero)?\s?:?\s?(?:[0-9]{{1,5}}(?:\s?(?:bis|ter|[a-z](?![a-z0-9'°])))?(?![a-z0-9])|[a-z][0-9]{{0,4}}(?![a-z0-9']))"
_BOUT: Final = r"(?=\s{0,2}(?:$|[.,;:!?()\n\-]|[0-9]{5}\b|(?:bat|appt?|esc|etage|porte|a|et|c|chez|code|le|la|les|y|ya|on|il|elle|au|cote|face|je|jai|merci|svp|cest|interphone|digicode|sonne[rz]?|entree|rdc|derriere|devant|juste|apres)\b))"
COMPLEMENT: Final = re.compile(
    r"[\s,;:/\-(]{1,3}(?:au\s|a la\s|a l'|le\s|dans la\s|et\s(?=[0-9]))?"
    rf"(?:{_PIECE_NUMEROTEE}"
    r"|(?<=au )[0-9]{1,4}(?:\s?(?:bis|ter))?(?![0-9a-z])(?!\s?(?:h\b|euros|ans))"
    rf"|(?:n°|n|numero|num)\s?[0-9]{{1,4}}(?:\s?{_BIS})?(?![0-9a-z])|[0-9]{{1,4}}(?:\s?{_BIS})?(?![0-9a-z]){_BOUT}(?!\s?[0-9])"
    r"|(?<=, )(?:pk|km|borne|point kilometrique)\s?[0-9]{1,3}(?![0-9])"
    rf"|(?<=, )(?:{_ORDINAL}|premiere|derniere)\s(?:maison|porte|portail|immeuble)(?:\s(?:a|sur la)\s(?:gauche|droite))?(?![a-z])"
    rf"|et\s[0-9]{{1,2}}(?=[\s,]{{1,2}}(?:pte|porte|appt?|apt|gauche|droite))"
    rf"|{_ETAGE_DE}(?:[\s,]{{1,2}}{_COTE})?"
    r"|[0-9]{1,2}\s?(?:er|eme|e)(?=\s{0,2}(?:$|[.,;!?()\n]))"
    r"|(?:residence|res\.?|cite|foyer|lotissement|lieu[ -]?dit|quartier|hameau)\s(?:les?\s|la\s|l'|des\s|du\s)?[a-z][a-z\-]{2,25}(?:\s(?:de la |de l'|des |du |de |d'|aux )?[a-z][a-z\-]{2,25})?"
    rf"|[0-9]{{1,2}}\s?(?:er|eme|e)\s(?:gauche|droite|face)(?![a-z])|{_COTE}(?![a-z])|(?:rdc|sous-sol|entresol|rez[ -]de[ -]chaussee)(?:[\s,]{{1,2}}{_COTE})?(?![a-z]))"
)
PIECE_APRES: Final = re.compile(
    r"[\s,\-]{1,3}(?:bat\w{0,5}|bt|appt?|apt|appart\w{0,6}|esc\w{0,6}|entree|hall|bloc|tour|porte|lot|cage|logement|chambre|[0-9]{1,2}\s?(?:er|e|eme)\setage)\.?\s?(?:n°\s?)?"
    r"(?:[0-9]{1,4}|[a-z])(?![a-z])"
)
LIEU_APRES: Final = re.compile(
    r",\s(?:les?|la|l')\s?(?P<nom>[^\W\d_][\w\-]{1,25})(?=\s{0,2}(?:$|[.,;!?\n]|[0-9]{5}))"
)
"""« Mas des Oliviers, Les Combes »: a lieu-dit, read for its two capitals."""
BATIMENT_NOMME: Final = re.compile(
    r"[\s,;\-]{1,3}(?:bat(?:iment)?|tour|immeuble|bloc|hall|entree)\.?\s(?P<nom>[^\W\d_][\w\-]{2,25})"
)
_SEULS: Final = r"(?:bat(?:iment|imen(?!t)|imant?)?|bt|bloc|escalier|esc|appt?|apt|apart(?:ement)?|appartement|appart|hall|logement|emplacement|cage)"
COMPLEMENT_SEUL: Final = re.compile(
    r"(?<![a-z0-9])chambre\s(?:n°|numero)?\s?(?:[0-9]{1,4}|[a-z]\s?[0-9]{2,4})(?![0-9a-z])(?!\s(?:m2|metres|pour|lits|personnes))"
    r"|(?<![a-z0-9])(?:b\.?\s?p\.?|c\.?s\.?|tsa)\s?(?:n°\s?)?[0-9]{2,6}(?![0-9])|(?<![a-z0-9])tour\s[0-9a-z]{1,3}(?=[\s,]{1,2}(?:appt?|apt|etage|porte|esc))"
    rf"|(?<![a-z0-9]){_SEULS}\.?\s?(?:n°|n)?"
    r"(?:\s?[0-9]{1,4}(?:\s?[a-z](?![a-z0-9°]))?(?![a-z0-9])(?!\s(?:de|kg|g|fois|m2|metres|pieces|personnes|boites)\b)|\s[b-z][0-9]{0,3}(?![a-z0-9'])|\sa(?=[\s,]{1,2}(?:porte|appt?|apt|etage|esc|[0-9])))"
    r"|(?<![a-z0-9])porte\s(?:n°\s?)?[0-9]{1,4}(?=\s{0,2}(?:$|[,.;:!?)\n]|bat|esc|etage|hall))"
    r"|(?<![a-z0-9])(?:route|voie|chemin) (?:departementale?|nationale|communale?|rurale?|vicinale?) (?:n°\s?)?[0-9]{1,4}(?![0-9])|(?<=\bla )tour (?:[0-9]{1,2}|[a-h])(?![0-9a-z'])(?! fois)"
    r"|(?<=\bvoisin du )[0-9]{1,3}(?![0-9a-z])|(?<=\bvoisine du )[0-9]{1,3}(?![0-9a-z])|(?<=\bvoisins du )[0-9]{1,3}(?![0-9a-z])"
    r"|(?<!\bla )(?<![a-z0-9])[0-9]{1,2}\s?(?:er|eme|e)\s(?:gauche|droite)(?=\s(?!et\b|puis\b|a\b)|[,.!?)]|$)"
)
LOGE: Final = re.compile(
    r"(?<![a-z])(?:hotel|foyer|camping|residence|pension|auberge|chrs|cada|aire d'accueil)(?:\s[^\s.!?\n]{1,20}){0,5}?[\s,]{1,2}"
    r"(?:chambre|chb|studio|emplacement|logement|appt?|bungalow|mobil[ -]home)\s?(?:n°|numero)?\s?[0-9]{1,4}(?![0-9a-z])"
)
ETAGE: Final = re.compile(
    rf"(?<![a-z0-9])(?:{_ORDINAL}\s?(?:etage|etg)(?P<cote>[\s,]{{1,2}}{_COTE})?|(?:rdc|rez[ -]de[ -]chaussee)(?P<bas>[\s,]{{1,2}}{_COTE}))"
)
ETAGE_DE_LA_TOUR: Final = re.compile(
    r"\s(?:de la tour|du batiment|du bat|de l'immeuble|de la residence)\s(?P<nom>[^\W\d_][\w\-]{1,25}|[0-9]{1,3})"
)
HABITER: Final = re.compile(
    r"\b(?:j\s?'?\s?h?abit\w{0,3}|habit\w{1,4}|h?abit|vis|vit|vivons|vivent|loge[esr]?|loges|heberge\w{0,2}|demeur\w{1,4}|domicili\w{1,4}|"
    r"adresse|adr|livr\w{1,4}|demenage\w{0,2}|emmenage\w{0,2}|reloge\w{0,2}|reside\w{0,2}|installe\w{0,2}|grandi|vecu|courrier|chez (?:moi|nous)|reste(?:s|nt|z)?|restons)\b[^.!?\n0-9]{0,25}$"
    r"|\b(?:chambre|studio|appart(?:ement)?|logement|caravane|tente|squat|hotel|f[1-6]|t[1-6]|mis|mise|mises|squatt\w{1,4}|crech\w{1,4}|camp(?:e|es|ons|ent))\s(?:a (?=l)|dans (?=l)|(?:la|le|les|l')\s?)?$"
    r"|\b(?:j?suis|est|sommes|etait|etais|etions|dors|dort|dormons)\s(?:(?:a|au|dans|ds|la|le|les|sur|l')\s?){0,2}$"
)
"""Somebody lives there: a verb of dwelling not far before, or « je suis » just before."""
REPERE: Final = re.compile(
    r"\b(?:derriere|devant|en face d[eu]s?|a cote d[eu]s?|(?:juste )?au[ -]dessus d[eu]s?|au coin d[eu]s?|pres d[eu]s?|a deux pas d[eu]s?)\s"
    r"(?:la\s|le\s|les\s|l')?(?:eglise|gare|mairie|ecole|college|lycee|boulangerie|boucherie|pharmacie|poste|stade|mosquee|cimetiere|"
    r"caserne|hopital|clinique|creche|marche|lidl|aldi|leclerc|carrefour|auchan|intermarche|super u|tabac|lavomatic|laverie|chateau d'eau|pont|"
    r"piscine|gymnase|salle des fetes|monument aux morts|station essence|garage|coiffeur|bar|cafe)(?![a-z])"
)

ENSEMBLE_NOMME: Final = re.compile(
    r"(?<![^\W\d_])(?P<genre>(?:residence|copropriete|immeuble|bat(?:iment)?\.?|hlm|ferme|ensemble|villa|quartier|domaine|hameau|cite|lieu[ -]?dit|les?|la|l')(?:\s(?:de la|de l'|des|du|les?|la|l')|\s?))\s?"
    r"(?P<nom>[^\W\d_][\w\-]{1,25})(?P<suite>(?:[\s\-](?:de la |de l'|des |du |de |d'|et |les |la |le )?[^\W\d_][\w\-]{1,25}){0,3})[\s,\-]{1,3}$"
)
"""« Les Terrasses de Bellevue, » before « bâtiment C » or a postal code; read for its capitals."""
TITRES: Final = ensemble(
    "freres frere soeurs soeur general generaux marechal docteur professeur president capitaine commandant colonel sergent "
    "lieutenant adjudant amiral abbe pere mere cure chanoine cardinal pape roi reine prince princesse comte duc saint "
    "sainte st ste notre sire maitre imam maire senateur depute"
)
"""« rue des frères lumière »: the name goes on, whatever the next word is."""
AVANT_UN_NOM: Final = ensemble(
    "beau bel belle beaux belles bon bonne grand grande grands grandes petit petite petits petites haut haute hauts hautes bas "
    "basse basses vieux vieil vieille vieilles nouveau nouvelle joli jolie long longue gros grosse deux trois quatre cinq sept neuf"
)
"""« résidence beau soleil », « chemin des grands champs »: the name goes on after them."""
DE_LIEU: Final = ensemble(
    "blanc blanche blancs blanches noir noire noirs noires rouge rouges vert verte verts vertes bleu bleue bleus bleues jaune "
    "jaunes doré doree dore grise gris rose roses beau belle beaux belles bon bonne joli jolie neuf neuve neuves vieux vieille "
    "haut haute hautes hauts bas basse basses grand grande grands grandes petit petite petits petites long longue ronde rond "
    "carree carre plate plat creux creuse froide froid chaude chaud fleuri fleurie fleuris fleuries perdu perdue sec seche clair claire "
    "claires saints saintes lumiere lumieres vents rois fontaines moulins chemins ponts chenes fleurs sources"
)
"""What completes the name of a place as people say it: « la croix blanche », « les chênes verts »."""
A_QUALIFIER: Final = ensemble(
    "haute basse neuve droite verte blanche longue large courte noire creuse traversiere principale moyenne vieille"
)
"""« rue haute »: a name where somebody lives, else an adjective."""
ARRETS: Final = ensemble(
    "et ou mais car donc je j tu il elle on nous vous ils elles c ce ca est a ai as ont suis sont etait merci "
    "qui que quand parce comme pour par avec sans dans chez depuis pendant pas plus tres trop ma mon mes sa "
    "son ses leur leurs me m se s ne n y en au aux un une bonjour svp stp tel telephone mail mob aide aider "
    "moi toi lui eux fait faut peut veut vient va vais porte bat batiment appt appartement etage escalier "
    "chambre hall esc apt appart code rdc rez residence cedex france code c'est juste derriere devant face pres "
    "cote entre vers sous sur jusqu la le les non oui si bis ter batiman batimant bt ent app pte quel quelle quels quelles numero"
)
GENERIQUES: Final = ensemble(
    # What follows « place » or « cours » when they are not streets.
    "lundi mardi mercredi jeudi vendredi samedi dimanche weekend "
    "temps fois jour jours nuit marche creche parking stationnement stage travail cuisine francais sport "
    "danse vie place pied soir matin monde gens bonheur travers distance attente formation "
    "sante chant couture yoga coup informatique langue langues langage math maths dessin natation guitare "
    "concert cinema theatre spectacle choix bus tram train metro rencontre parole jeux jeu aide croix ville commune village "
    "urgence accueil hebergement retraite seniors annee mois semaine seance atelier reunion repas route chemin retour ecole main table conduite soutien "
    "gym musique theatre piano calcul lecture ecriture alphabetisation prix escaliers marches assises debout"
)
LOCUTIONS: Final = ensemble("place cours route chemin passage domaine montee traverse promenade")
SUREMENT: Final = ensemble(
    "za zae residence lotissement impasse hameau lieu-dit lieudit ld zac zi faubourg boulevard avenue bd bvd av blvd rte bd. av. res. res imp. imp "
    "chem. venelle sente ruelle traverse corniche"
)
MOYEN: Final = ensemble(
    "rue quartier cite allee alee allees square ruelle quai chemin route place clos passage esplanade mas camping chem ch villa domaine sentier sente promenade digue parvis"
)
A_LIER: Final = ensemble(
    "place chemin chem ch route clos passage esplanade camping domaine villa promenade"
)
"""With « de », still said of many things: « chemin du retour », « place du pain »."""
