"""Hints that a request is about somebody who is known already."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from organisaties import dubbel
from tests import factories


def found(aanvraag):
    return [(hint.wat, [str(reden) for reden, _ in hint.redenen]) for hint in dubbel.hints(aanvraag)]


def anders(**overrides):
    """A request that is like nobody, but for what a test gives."""
    values = {"organisatie_naam": "Zomerkoor", "website": "", "email": "hanan@gmail.com", **overrides}
    return factories.aanvraag(**values)


# --- websites and domains


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.Tafel.example/over?x=1", "tafel.example"),
        ("http://tafel.example.", "tafel.example"),
        ("https://TAFEL.example:8443/", "tafel.example"),
        ("https://café.example/", "xn--caf-dma.example"),
        ("https://xn--caf-dma.example/", "xn--caf-dma.example"),
        ("https://مائدة.example/", "xn--lgbbhx1i.example"),
        ("https://www.facebook.com/Buurttafel/", "facebook.com/buurttafel"),
        ("https://facebook.com/zomerkoor", "facebook.com/zomerkoor"),
        ("", ""),
        ("https://", ""),
        ("https://[broken", ""),
        ("https://" + "a" * 70 + ".example", "a" * 70 + ".example"),
    ],
)
def test_hosts_are_compared_without_what_does_not_matter(address, host):
    assert dubbel.host_of(address) == host


@pytest.mark.parametrize(
    ("email", "domain"),
    [("Hanan@Tafel.example", "tafel.example"), ("hanan@GMAIL.com", ""), ("hanan@hotmail.nl", ""), ("", "")],
)
def test_a_free_provider_of_mail_is_no_domain(email, domain):
    assert dubbel.domain_of(email) == domain


@given(st.text(max_size=80))
def test_no_text_breaks_the_comparing(text):
    dubbel.host_of(text)
    dubbel.host_of(f"https://{text}")
    dubbel.domain_of(text)
    assert not dubbel.is_alike(text, "")


# --- names


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Stichting De Regenboog Groep", "Regenbooggroep"),
        ("Buurttafel De Lepel", "De Lepel Buurttafel"),
        ("VluchtelingenWerk Amsterdam", "Vluchtelingenwerk"),
        ("Taalcafé Oost", "Taalcafe oost"),
        ("Buurtafel de Lepel", "Buurttafel De Lepel"),
        ("Vereniging Welkom", "Welkom"),
        ("Buren Samen Sterk (BSS)", "Buren Samen Sterk"),
        ("(BSS)", "BSS"),
        ("Stichting", "stichting"),
        ("مؤسسة المائدة", "مؤسّسة المائدة"),
        ("Ми разом", "МИ РАЗОМ"),
    ],
)
def test_names_of_one_organisation_are_alike(first, second):
    assert dubbel.is_alike(first, second)
    assert dubbel.is_alike(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Taalcafé Noord", "Taalcafé Oost"),
        ("Buurthuis Noord", "Buurthuis Oost"),
        ("Buurthuis De Kade 1", "Buurthuis De Kade 2"),
        ("Huis van de Wijk De Meeuw", "Huis van de Wijk De Pijp"),
        ("Stichting Welkom", "Stichting Samen"),
        ("Vrouwen van Syrië", "Vrouwen van Eritrea"),
        ("Zomerkoor", "Winterkoor"),
        ("مؤسسة المائدة", "مؤسسة السلام"),
        ("♥", "★"),
        ("", ""),
    ],
)
def test_names_of_two_organisations_are_not(first, second):
    assert not dubbel.is_alike(first, second)


# --- who is found


@pytest.mark.django_db
def test_a_request_that_is_like_nobody_has_no_hints():
    factories.organisatie()
    anders(organisatie_naam="Winterkring", website="", email="piet@gmail.com")
    assert found(anders()) == []


@pytest.mark.django_db
def test_organisations_are_found_by_website_domain_and_name():
    site = factories.organisatie(website="http://www.tafel.example./", email="")
    mail = factories.organisatie(website="", email="info@koor.example")
    name = factories.organisatie(naam="Stichting Zomer Koor", website="", email="")
    aanvraag = anders(website="https://tafel.example/nl", email="hanan@koor.example")
    assert dict(found(aanvraag)) == {
        site: ["Dezelfde website"],
        mail: ["E-mail van dezelfde website"],
        name: ["Een naam die erop lijkt"],
    }


@pytest.mark.django_db
def test_an_address_at_the_host_of_a_website_counts():
    known = factories.organisatie(website="https://www.koor.example", email="")
    assert found(anders(email="hanan@koor.example")) == [(known, ["E-mail van dezelfde website"])]


@pytest.mark.django_db
def test_editors_are_found_by_their_address_also_at_a_free_provider():
    tie = factories.beheerder(gebruiker=factories.gebruiker(email="hanan@gmail.com"))
    factories.beheerder(gebruiker=factories.gebruiker(email="sara@gmail.com"))
    assert found(anders(email="Hanan@gmail.com")) == [(tie.organisatie, ["Hetzelfde e-mailadres"])]


@pytest.mark.django_db
def test_other_requests_are_found_and_it_is_not_its_own_double():
    other = anders(organisatie_naam="Koor van de zomer", email="lena@gmail.com", status="afgewezen")
    same = anders(website="https://koor.example")
    aanvraag = anders(website="http://koor.example", email="lena@gmail.com", organisatie_naam="Iets anders")
    assert found(aanvraag) == [(same, ["Dezelfde website"]), (other, ["Hetzelfde e-mailadres"])]


@pytest.mark.django_db
def test_the_organisation_that_was_made_from_it_is_no_double():
    made = factories.organisatie(naam="Zomerkoor")
    assert found(anders(organisatie=made)) == []


@pytest.mark.django_db
def test_fifty_requests_cost_as_many_queries_as_one():
    for _ in range(50):
        factories.organisatie()
    aanvragen = [anders() for _ in range(50)]
    with CaptureQueriesContext(connection) as queries:
        bekenden = dubbel.Bekenden()
        hints = [bekenden.hints(aanvraag) for aanvraag in aanvragen]
    assert (len(queries), len(hints[0])) == (3, 49)
