"""Names inside ordinary expressions: dishes, brands, feasts, famous people. Nobody is named by them."""

import re
from typing import Final

from analyses.verbatims.pliage import ensemble

EXPRESSIONS: Final = re.compile(
    r"\b(?:ali baba|coquilles? saint[ -]jacques|saint[ -]jacques|william saurin|uncle ben'?s?|oncle ben'?s|mamie nova|paris[ -]brest|"
    r"quiches? lorraines?|reines?[ -]claudes?|tartes? tatin|pommes? (?:de terre )?(?:charlotte|amandine|ariane|juliet|anais|agata)|"
    r"patates? (?:charlotte|amandine)|un marcel|des marcels|saint[e]?[ -](?:valentin|nicolas|jean|sylvestre|martin|catherine|michel|patrick|vincent|georges)|"
    r"(?:tarte|salade|poire|peche|creme|sauce|crepes?|omelette) (?:belle[ -])?(?:helene|melba|suzette|marie|robert|louise|cesar)|salade cesar|"
    r"notre[ -]dame|ave maria|vierge marie|sainte marie|pere noel|jesus christ|harry potter|mickey|louis vuitton|bob l'eponge|"
    r"dora l'exploratrice|jeanne d'arc|bain[ -]marie|pain marie|fleury michon|justin bridou|pere dodu|bonne maman|marie[ -]louise|"
    r"petit louis|charlottes? aux|madeleines?|gilet jaune|gilets jaunes|france travail|france bleu|france inter|marianne|"
    r"tours? de (?:role|garde|main|vis|table|rein|ville)|alexa|siri|nutella|victor hugo|jules ferry|jean moulin|jean jaures|abbe pierre|papa noel|jeu de paume|"
    r"sauce bolo|st[ -](?:valentin|jean|nicolas|sylvestre)|paul[ -]emploi|pole emploi|mont[ -]saint[ -]michel|maitre gims)\b"
)


def places_neutres(plie: str) -> set[int]:
    """Return the places of a folded text that lie inside such an expression."""
    return {place for trouve in EXPRESSIONS.finditer(plie) for place in range(*trouve.span())}


PAYS_ET_VILLES: Final = ensemble(
    "algerie maroc tunisie mali senegal congo rdc guinee togo benin cameroun cote-d'ivoire gabon niger nigeria ghana mauritanie "
    "burkina tchad centrafrique angola rwanda burundi kenya ethiopie erythree somalie soudan egypte libye comores madagascar "
    "mayotte reunion guadeloupe martinique guyane haiti ukraine russie georgie armenie moldavie roumanie bulgarie albanie kosovo "
    "serbie bosnie turquie syrie liban irak iran afghanistan pakistan bangladesh inde sri-lanka chine vietnam portugal espagne italie "
    "pologne allemagne belgique suisse angleterre europe afrique asie amerique alger oran constantine annaba tizi-ouzou bejaia "
    "casablanca rabat marrakech fes tanger agadir oujda tunis sfax bamako dakar abidjan bouake conakry kinshasa brazzaville lome cotonou "
    "douala yaounde libreville niamey ouagadougou nouakchott moroni tananarive antananarivo port-au-prince kiev kyiv odessa lviv kharkiv "
    "marioupol moscou tbilissi erevan chisinau bucarest sofia-ville tirana pristina istanbul ankara damas alep beyrouth bagdad teheran "
    "kaboul kabul islamabad dacca colombo lisbonne porto madrid rome londres bruxelles berlin bretagne normandie alsace lorraine "
    "auvergne picardie bourgogne provence savoie corse vendee seine essonne"
)
