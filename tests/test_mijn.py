"""The page of an organisation for who edits it: nobody else sees it, and what changes in the admin counts at once."""

import gzip
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from organisaties.models import Beheerder, Organisatie, OudeSlug
from tests import factories
from tests.bewerken import goedgekeurd
from tests.lezen import lees
from tests.paginas import TALEN

pytestmark = pytest.mark.django_db

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
LEEG = dict.fromkeys(
    ("samenvatting_nl", "samenvatting_en", "omschrijving_nl", "omschrijving_en", "website", "email"), ""
)


def adres(naam, *args, taal="nl"):
    with override(taal):
        return reverse(naam, args=args)


@pytest.fixture
def tafel():
    return goedgekeurd()


@pytest.fixture
def hanan(client, tafel):
    """Its editor, who was here before, logged in by `client`."""
    tie = Beheerder.objects.get(organisatie=tafel)
    tie.binnen_at = timezone.now()
    tie.save()
    client.force_login(tie.gebruiker)
    return tie.gebruiker


def pagina(client, slug, taal="nl"):
    response = client.get(adres("mijn-organisatie", slug, taal=taal))
    assert response.status_code == 200
    return lees(response.content)


# --- without a login


@IN_ELKE_TAAL
def test_without_a_cookie_my_page_is_a_public_text(client, taal):
    response = client.get(adres("mijn", taal=taal))
    assert (response.status_code, response.cookies.output()) == (200, "")
    assert "cookie" not in response.headers.get("Vary", "").lower()
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_with_a_dead_session_my_page_is_the_same_text(client):
    client.cookies["session"] = "x" * 32
    response = client.get(adres("mijn"))
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")


def test_without_a_login_the_page_of_an_organisation_leads_to_how_to_log_in(client, tafel):
    for slug in (tafel.slug, "bestaat-niet"):
        own = adres("mijn-organisatie", slug)
        response = client.get(own)
        assert (response.status_code, response.headers["Location"]) == (302, f"{adres('account_login')}?next={own}")
        assert response.headers["Cache-Control"] == "no-store"


# --- who may


def test_an_editor_of_one_organisation_goes_there_at_once(client, hanan, tafel):
    response = client.get(adres("mijn"))
    assert (response.status_code, response.headers["Location"]) == (302, adres("mijn-organisatie", tafel.slug))
    assert response.headers["Cache-Control"] == "no-store"


def test_an_editor_of_more_chooses(client, hanan, tafel):
    other = factories.beheerder(gebruiker=hanan).organisatie
    links = [a.get("href") for a in lees(client.get(adres("mijn")).content).one("ul", class_="taken").all("a")]
    assert links == [adres("mijn-organisatie", each.slug) for each in sorted((other, tafel), key=lambda o: o.naam)]
    assert [a.get("href") for a in pagina(client, other.slug).all("a") if a.text == "Jouw organisaties"] == [
        adres("mijn")
    ]


@pytest.mark.parametrize(("is_staff", "said"), [(False, "geen enkele organisatie"), (True, "Naar het beheer")])
def test_somebody_without_an_organisation_gets_a_text(client, is_staff, said):
    client.force_login(factories.gebruiker(is_staff=is_staff))
    assert said in lees(client.get(adres("mijn")).content).one("main").text


@pytest.mark.parametrize("is_staff", [False, True])
def test_a_stranger_gets_404(client, tafel, is_staff):
    stranger = factories.beheerder(gebruiker=factories.gebruiker(is_staff=is_staff)).gebruiker
    client.force_login(stranger)
    response = client.get(adres("mijn-organisatie", tafel.slug))
    assert (response.status_code, tafel.naam in response.content.decode()) == (404, False)


def test_removing_an_editor_counts_on_the_next_request(client, hanan, tafel):
    pagina(client, tafel.slug)
    Beheerder.objects.filter(gebruiker=hanan).delete()
    assert client.get(adres("mijn-organisatie", tafel.slug)).status_code == 404


def test_switching_an_account_off_counts_on_the_next_request(client, hanan, tafel):
    pagina(client, tafel.slug)
    hanan.is_active = False
    hanan.save()
    assert client.get(adres("mijn-organisatie", tafel.slug)).headers["Location"].startswith(adres("account_login"))


def test_a_draft_stays_unseen_by_everybody_else(hanan, tafel):
    page = adres("organisatie-detail", tafel.slug)
    assert [Client().get(page).status_code, tafel.naam in Client().get(adres("organisatie-list")).content.decode()] == [
        404,
        False,
    ]


def test_a_former_address_leads_on(client, hanan, tafel):
    tafel.slug, before = "eettafel", tafel.slug
    tafel.save()
    assert OudeSlug.objects.filter(slug=before).exists()
    response = client.get(adres("mijn-organisatie", before))
    assert response.headers["Location"] == adres("mijn-organisatie", "eettafel")


# --- what it says


def test_a_draft_says_who_sees_it_and_what_came_from_the_request(client, hanan, tafel):
    said = pagina(client, tafel.slug).one("main").text
    for text in ("Welkom, Hanan El Amrani", "Alleen jij en het netwerk zien deze pagina.", "uit jullie aanvraag"):
        assert text in said
    assert "Elke week eten wij samen met de buurt." in said
    assert "Taal" in said
    assert "West" in said


@pytest.mark.parametrize(
    ("status", "said", "links"),
    [("gepubliceerd", "Jullie pagina staat op de website.", 1), ("gearchiveerd", "Jullie pagina staat niet meer", 0)],
)
def test_another_status_is_said_in_words(client, status, said, links):
    tie = factories.beheerder(organisatie=factories.organisatie(status=status))
    client.force_login(tie.gebruiker)
    page = pagina(client, tie.organisatie.slug)
    assert said in page.one("main").text
    assert len([a for a in page.all("a") if a.text == "Bekijk onze pagina"]) == links


def missing(page):
    rows = page.one("section", aria_labelledby="mist").all("li")
    return [row.one("b").text for row in rows if row.all("span", class_="label label--let-op")]


def test_the_checklist_says_what_is_missing_of_a_draft(client, hanan, tafel):
    page = pagina(client, tafel.slug)
    assert len(missing(page)) == 7
    assert "Wie zijn jullie, in het Nederlands" not in missing(page)
    assert page.one(id="mist").text == "Er missen nog 7 dingen"


def test_the_checklist_of_a_whole_profile_is_empty(client):
    whole = factories.organisatie(telefoon="020 012 3456")
    factories.activiteit(organisatie=whole, locatie=factories.locatie(organisatie=whole))
    Organisatie.objects.filter(pk=whole.pk).update(
        logo="logos/a.webp", logo_klein="logos/b.webp", logo_breedte=10, logo_hoogte=10
    )
    client.force_login(factories.beheerder(organisatie=whole).gebruiker)
    page = pagina(client, whole.slug)
    assert (missing(page), page.one(id="mist").text) == ([], "Alles is er")


def test_an_empty_organisation_is_whole_as_a_page(client):
    bare = factories.organisatie(naam="?", status="concept", **LEEG)
    client.force_login(factories.beheerder(organisatie=bare, gebruiker=factories.gebruiker(naam="")).gebruiker)
    page = pagina(client, bare.slug)
    assert (page.one("h1").text, len(missing(page))) == ("Welkom", 8)


def test_it_says_who_else_edits(client, hanan, tafel):
    assert "jij bent de enige" in pagina(client, tafel.slug).one("main").text
    factories.beheerder(organisatie=tafel, gebruiker=factories.gebruiker(naam="Yonas"))
    assert [li.text for li in pagina(client, tafel.slug).one("section", aria_labelledby="wie").all("li")] == ["Yonas"]


def test_what_somebody_typed_stays_text(client, hanan, tafel):
    evil = "<script>x</script>"
    Organisatie.objects.filter(pk=tafel.pk).update(naam=evil, omschrijving_nl=evil, samenvatting_nl=evil)
    hanan.naam = evil
    hanan.save()
    page = pagina(client, tafel.slug)
    assert page.one("main").all("script") == []
    assert {e.tag for e, text in page.one("main").texts() if evil in text} <= {"bdi", "p"}


@IN_ELKE_TAAL
def test_the_page_is_light_in_few_queries_and_not_for_search_engines(client, hanan, tafel, taal):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(adres("mijn-organisatie", tafel.slug, taal=taal))
    assert len(captured) <= 15
    assert len(gzip.compress(response.content, 6)) <= 14 * 1024
    assert response.headers["Cache-Control"] == "no-store"
    assert lees(response.content).one("meta", name="robots").get("content") == "noindex"


def test_a_page_with_more_in_it_takes_as_many_queries(client, hanan, tafel):
    for _ in range(5):
        factories.beheerder(organisatie=tafel)
        factories.locatie(organisatie=tafel)
        tafel.themas.add(factories.thema("werk"), factories.thema("recht"))
    with CaptureQueriesContext(connection) as captured:
        pagina(client, tafel.slug)
    assert len(captured) <= 15


# --- still right


def kade(client, **values):
    """A published organisation of which `client` is an editor."""
    tie = factories.beheerder(organisatie=factories.organisatie(**values))
    client.force_login(tie.gebruiker)
    return tie.organisatie


def tasks(page):
    return [a.text for section in page.all("section", aria_labelledby="doen") for a in section.all("a")]


@pytest.mark.parametrize("before", [None, date(2026, 5, 1)])
@pytest.mark.usefixtures("klok")
def test_an_editor_says_that_the_profile_is_still_right(client, before):
    own = kade(client, bevestigd_op=before)
    page = pagina(client, own.slug)
    assert tasks(page) == [f"Kijk of het klopt: {own.naam}"]
    (button,) = page.one("section", aria_labelledby="staat").all("button")
    response = client.post(adres("mijn-organisatie", own.slug), {button.get("name"): button.get("value")})
    assert response.headers["Location"] == f"{adres('mijn-organisatie', own.slug)}?klaar=klopt"
    own.refresh_from_db()
    assert (own.bevestigd_op, own.history.first().history_user) == (date(2026, 11, 24), own.beheerders.get().gebruiker)
    assert "Bezoekers zien dat jullie vandaag keken." in client.get(response.headers["Location"]).content.decode()
    assert (tasks(pagina(client, own.slug)), own.history.count()) == ([], 2)
    client.post(adres("mijn-organisatie", own.slug), {"daad": "klopt"})
    assert own.history.count() == 2
    assert "Gecontroleerd op 24 november 2026" in lees(Client().get(own.get_absolute_url()).content).one("main").text


@pytest.mark.usefixtures("klok")
def test_what_was_looked_at_lately_or_nobody_sees_asks_nothing(client):
    assert tasks(pagina(client, kade(client, bevestigd_op=date(2026, 10, 1)).slug)) == []
    draft = pagina(client, kade(client, status="concept").slug)
    assert (tasks(draft), draft.one("section", aria_labelledby="staat").all("button")) == ([], [])


@pytest.mark.parametrize("daad", ["", "weg", "\x00"])
def test_another_deed_on_the_page_of_an_organisation_does_nothing(client, daad):
    own = kade(client)
    response = client.post(adres("mijn-organisatie", own.slug), {"daad": daad})
    assert (response.status_code, response.headers["Location"]) == (303, adres("mijn-organisatie", own.slug))
    own.refresh_from_db()
    assert own.bevestigd_op is None


# --- logging out


@IN_ELKE_TAAL
def test_the_button_logs_out_and_lets_the_browser_forget(client, hanan, tafel, taal):
    form = pagina(client, tafel.slug, taal).one("form", action=adres("uitloggen", taal=taal))
    assert (form.get("method"), len(form.all("input", name="csrfmiddlewaretoken"))) == ("post", 1)
    response = client.post(form.get("action"))
    assert (response.status_code, response.headers["Location"]) == (303, form.get("action"))
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get(adres("mijn-organisatie", tafel.slug)).status_code == 302


def test_looking_at_logging_out_does_not_log_out(client, hanan, tafel):
    page = lees(client.get(adres("uitloggen")).content)
    assert (page.one("h1").text, page.one("main").all("button")[-1].text) == ("Wil je uitloggen?", "Log uit")
    pagina(client, tafel.slug)


def test_after_logging_out_it_is_said_without_a_cookie(client):
    response = client.get(adres("uitloggen"))
    assert (lees(response.content).one("h1").text, response.cookies.output()) == ("Je bent uitgelogd", "")
    assert response.headers["Cache-Control"] == "no-store"


def test_another_website_can_log_nobody_out(hanan, tafel):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(hanan)
    assert strict.post(adres("uitloggen")).status_code == 403
    assert strict.get(adres("mijn-organisatie", tafel.slug)).status_code == 200
