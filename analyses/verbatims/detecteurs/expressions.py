"""Names inside ordinary expressions: dishes, brands, feasts, famous people. Nobody is named by them."""

import re
from typing import Final

from analyses.verbatims.pliage import ensemble

EXPRESSIONS: Final = re.compile(
    r"\b(?:pizzas? (?:marg?h?erita|reg?ina|napoli|romana|carlotta)|(?:gateaux?|biscuits?|genoise|prunes?) victoria|sauces? aurore|"
    r"(?:gateaux?|tartes?) (?:saint[ -]honore|bourdaloue)|fraises? (?:charlotte|mara des bois)|ali baba|pierre a pierre|coquilles? saint[ -]jacques|saint[ -]jacques|william saurin|uncle ben'?s?|oncle ben'?s|mamie nova|paris[ -]brest|"
    r"quiches? lorraines?|reines?[ -]claudes?|tartes? tatin|pommes? (?:de terre )?(?:charlotte|amandine|ariane|juliet|anais|agata)|"
    r"patates? (?:charlotte|amandine)|un marcel|des marcels|saint[e]?[ -](?:valentin|nicolas|jean|sylvestre|martin|catherine|michel|patrick|vincent|georges)|"
    r"(?:tarte|salade|poire|peche|creme|sauce|crepes?|omelette) (?:belle[ -])?(?:helene|melba|suzette|marie|robert|louise|cesar)|salade cesar|"
    r"notre[ -]dame|ave maria|vierge marie|sainte marie|pere noel|jesus christ|harry potter|mickey|louis vuitton|bob l'eponge|"
    r"dora l'exploratrice|jeanne d'arc|bain[ -]marie|pain marie|fleury michon|justin bridou|pere dodu|bonne maman|marie[ -]louise|"
    r"petit louis|charlottes? aux|madeleines?|gilet jaune|gilets jaunes|france travail|france bleu|france inter|marianne|"
    r"grace (?:a|aux|au)\b|tours? de (?:role|garde|main|vis|table|rein|ville)|pas[ -]de[ -]calais|deux[ -]sevres|seine[ -]saint[ -]denis|hauts?[ -]de[ -]\w{3,8}|(?:saone|indre|eure|tarn|meurthe|maine|lot|seine|ille|loir)[ -]et[ -]\w{3,8}|"
    r"val[ -](?:de|d)[ -']\w{3,8}|ile[ -]de[ -]france|bouches[ -]du[ -]rhone|alpes[ -]maritimes|alexa|siri|nutella|victor hugo|jules ferry|jean moulin|jean jaures|abbe pierre|papa noel|jeu de paume|"
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
    "tchad israel palestine colombie perou bresil argentine mexique canada quebec usa amerique japon coree danemark suede norvege "
    "finlande grece chypre malte croatie slovenie slovaquie hongrie autriche tchequie lituanie lettonie estonie bielorussie "
    "azerbaidjan kazakhstan tibet nepal thailande cambodge laos philippines indonesie australie sahara kabylie kurdistan tchetchenie "
    "auvergne picardie bourgogne provence savoie corse vendee seine essonne"
)

MARQUES: Final = ensemble(
    "lidl aldi auchan carrefour leclerc intermarche casino monoprix picard cora franprix vinted leboncoin facebook whatsapp instagram "
    "snapchat tiktok youtube google netflix doctolib ameli pronote navigo blablacar uber deliveroo phenix yuka nutriscore thermomix cookeo "
    "tupperware ikea decathlon action gifi noz kiabi primark mcdo mcdonald kfc quick nutella coca pepsi sprite danone nestle kiri babybel "
    "bledina gallia guigoz pampers huggies doliprane ventoline subutex messenger android iphone samsung windows covid tabaski halloween "
    "wifi linky engie edf sfr orange bouygues free canal sncf ratp tcl velib pmu loto emmaus secours croix caf rsa apl cmu css acs ofii "
    "ofpra cnda cada huda spada samu chrs udaf msa carsat urssaf afpa ccas pmi ase mdph mecs ulis segpa cap bac bts greta cesf linkee "
    "lydia paypal western union nickel boursorama laposte colissimo chronopost mondial relay telegram skype zoom teams deezer spotify "
    "disney marvel pokemon minecraft fortnite roblox playstation nintendo xbox lego barbie playmobil danette actimel vache philadelphia "
    "clio twingo megane scenic kangoo picasso berlingo fiesta corsa golf polo punto panda yaris sandero logan duster dacia "
    "smecta candia herta heinz fanta cristaline harry amora knorr tropicana magnum lays mccain pfizer lustucru barilla findus "
    "harrys pasquier mir ajax ariel skip persil propre-net mashallah machallah bismillah hamdoulah chocapic "
    "coran bible torah allah jehovah ramadan careme noel paques toussaint mafe thieb thieboudienne yassa attieke foufou ndole couscous "
    "tajine harira chorba bourek borsch bortsch pelmeni varenyky feijoada bacalhau sarmale mici colombo accras tandoori curry nem bobun"
)
