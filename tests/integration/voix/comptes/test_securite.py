"""What allauth shows, in the words of Voix: pages, messages, e-mails."""

import re

import html5lib
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.forms import EditWebAuthnForm
from babel.messages.pofile import read_po
from django.conf import settings
from django.core import mail
from django.urls import reverse

from tests import builders
from voix.comptes.forms.cles import AjoutCleForm, NomCleForm
from voix.comptes.textes_allauth import TEXTES

pytestmark = pytest.mark.django_db

MOT_DE_PASSE = "une longue phrase facile"
POUR_ENTRER = [
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_signup",
    "account_email_verification_sent",
]
DU_COMPTE = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_activate_totp",
]
DOUBLE = ["mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"]
ETRANGER = re.compile(
    r"\b(?:the|your|password|please|key|name|sign|not used|change)\b|jeton d|courriel",
    re.IGNORECASE,
)


@pytest.fixture
def compte():
    compte = builders.un_compte(email="eva@exemple.fr")
    compte.set_password(MOT_DE_PASSE)
    compte.save()
    builders.verifie(compte)
    return compte


def lisse(texte: str) -> str:
    """Return a text on one line, its no-break spaces kept, without addresses."""
    return re.sub(r"[ \n\t]+", " ", re.sub(r"https?://\S+", "", texte))


def textes(reponse) -> str:
    arbre = html5lib.parse(reponse.content.decode(), namespaceHTMLElements=False)
    for parent in list(arbre.iter()):
        for noeud in list(parent):
            if noeud.tag in {"script", "style"}:
                parent.remove(noeud)
    return lisse("".join(arbre.itertext()))


def bien_dite(texte: str) -> None:
    assert "'" not in texte, re.findall(r".{20}'.{20}", texte)
    assert not ETRANGER.findall(texte), texte
    assert not re.search(r" [:;?!»]", texte), re.findall(r".{20} [:;?!»]", texte)


def entrer(client, compte) -> None:
    client.post(reverse("account_login"), {"login": compte.email, "password": MOT_DE_PASSE})
    client.post(reverse("account_reauthenticate"), {"password": MOT_DE_PASSE})


@pytest.mark.parametrize("nom", POUR_ENTRER)
def test_pages_to_enter_are_in_real_french(client, nom):
    reponse = client.get(reverse(nom))
    assert reponse.status_code == 200
    bien_dite(textes(reponse))


@pytest.mark.parametrize("nom", DU_COMPTE)
def test_pages_of_the_account_are_in_real_french_under_the_band_of_the_staff(client, compte, nom):
    entrer(client, compte)
    reponse = client.get(reverse(nom))
    assert reponse.status_code == 200
    bien_dite(textes(reponse))
    assert nom == "account_reauthenticate" or "Se déconnecter" in textes(reponse)


@pytest.mark.parametrize("nom", DOUBLE)
def test_pages_of_the_second_step_are_in_real_french(client, compte, nom):
    entrer(client, compte)
    TOTP.activate(compte, generate_totp_secret())
    client.post(reverse("mfa_generate_recovery_codes"))
    reponse = client.get(reverse(nom))
    assert reponse.status_code == 200
    bien_dite(textes(reponse))


def test_what_goes_wrong_is_told_in_real_french(client, compte):
    faux = client.post(reverse("account_login"), {"login": compte.email, "password": "non"})
    bien_dite(textes(faux))
    vide = client.post(reverse("account_login"), {"login": "eva", "password": ""})
    assert "Écrivez une adresse e-mail entière" in textes(vide)
    accent = client.post(reverse("account_login"), {"login": "é@exemple.fr", "password": "x"})
    assert "sans accent ni espace" in textes(accent)
    lien = reverse("account_reset_password_from_key", args=["1", "set-password"])
    bien_dite(textes(client.get(lien)))
    bien_dite(textes(client.get(reverse("account_confirm_email", args=["abc"]))))


def test_a_code_by_mail_says_voix_and_opens_the_space(client, compte):
    page = client.post(reverse("account_request_login_code"), {"email": compte.email}, follow=True)
    bien_dite(textes(page))
    [message] = mail.outbox
    assert message.subject == "Voix\u00a0: votre code"
    bien_dite(lisse(message.body))
    code = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", message.body, re.MULTILINE)
    client.post(reverse("account_confirm_login_code"), {"code": code[0]})
    assert client.get(reverse("comptes:espace")).status_code == 200


def test_a_forgotten_password_is_chosen_again_by_mail(client, compte):
    client.post(reverse("account_reset_password"), {"email": compte.email})
    [message] = mail.outbox
    bien_dite(lisse(message.body))
    lien = re.search(r"https?://[^/]+(\S+)", message.body)[1]
    page = client.get(lien, follow=True)
    bien_dite(textes(page))
    adresse = page.redirect_chain[-1][0]
    court = client.post(adresse, {"password1": "court", "password2": "court"})
    assert "12 caractères" in textes(court)
    client.post(adresse, {"password1": MOT_DE_PASSE[::-1], "password2": MOT_DE_PASSE[::-1]})
    compte.refresh_from_db()
    assert compte.check_password(MOT_DE_PASSE[::-1])


@pytest.mark.parametrize("nom", ["account_request_login_code", "account_reset_password"])
def test_nobody_else_ever_receives_a_mail(client, compte, nom):
    client.post(reverse(nom), {"email": "inconnue@exemple.fr"})
    assert mail.outbox == []


def test_texts_said_again_are_still_those_of_allauth():
    import allauth

    chemin = f"{allauth.__path__[0]}/locale/fr/LC_MESSAGES/django.po"
    with open(chemin, "rb") as fichier:  # noqa: PTH123  (a path of the library)
        leurs = {
            identifiant
            for message in read_po(fichier, locale="fr")
            for identifiant in ([message.id] if isinstance(message.id, str) else message.id)
        }
    de_django = {"Enter a valid email address."}
    assert [texte for texte in TEXTES if texte not in leurs | de_django] == []
    with (settings.BASE_DIR / "locale/fr/LC_MESSAGES/django.po").open("rb") as fichier:
        notres = {m.id: m.string for m in read_po(fichier, locale="fr")}
    assert [texte for texte in TEXTES if not notres[texte]] == []


def test_the_name_of_a_key_has_a_french_label():
    assert AjoutCleForm.base_fields["name"].label == "Nom de la clé"
    assert issubclass(NomCleForm, EditWebAuthnForm)
    assert NomCleForm.base_fields["name"].label == "Nom de la clé"
