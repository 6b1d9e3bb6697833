"""Organizers write petitions, preview them and watch their tallies."""

import pytest
from django.test import Client
from django.urls import reverse

from petitions.models import Petition, Signature
from petitions.services import count_signatures
from tests import make

# Django's own admin templates read variables that are not always set.
pytestmark = [pytest.mark.ignore_template_errors, pytest.mark.django_db]


def url(action: str, *args: int) -> str:
    return reverse(f"admin:petitions_petition_{action}", args=args)


@pytest.fixture
def petition() -> Petition:
    return make.petition()


@pytest.fixture
def held(petition: Petition) -> Signature:
    row = make.signed(petition, riding_number=35075)
    row.state, row.confirmed_at = "held", make.NOON
    row.save()
    return row


def test_a_draft_is_previewed_as_it_will_be_open(organizer_client: Client, client: Client) -> None:
    draft = make.petition("draft", is_published=False)

    page = organizer_client.get(url("preview", draft.pk)).content.decode()

    assert client.get("/petitions/draft/").status_code == 404
    assert ["Not published: only organizers see this" in page, 'name="email"' in page] == [True, True]


def test_tallies_refresh_without_their_frame(
    organizer_client: Client, petition: Petition, held: Signature
) -> None:
    make.signed(petition, "b@example.org", "Bruno", riding_number=35075)
    count_signatures(now=make.NOON)

    whole = organizer_client.get(url("tallies", petition.pk))
    part = organizer_client.get(url("tallies", petition.pk), {"part": ""}).content.decode()

    tallies = whole.context["tallies"]
    assert (tallies.confirmed, tallies.pending, tallies.held) == (0, 1, 1)
    assert ["<html" in part, "c4c-tiles" in part] == [False, True]


def petition_form() -> dict[str, str]:
    texts = ("title", "summary", "statement", "letter")
    form = {f"{field}_{language}": "Text" for field in texts for language in ("en", "fr")}
    form |= {"slug_en": "a", "slug_fr": "b", "goal": "100", "opens_at_0": "2026-11-01", "opens_at_1": "12:00"}
    form |= {"addressees-TOTAL_FORMS": "1", "addressees-INITIAL_FORMS": "0", "addressees-0-name": "A Leader"}
    names = ("role_en", "role_fr", "salutation_en", "salutation_fr")
    return form | {**{f"addressees-0-{name}": "Text" for name in names}, "addressees-0-display_order": "1"}


def test_a_petition_is_written_with_its_addressees(organizer_client: Client) -> None:
    answer = organizer_client.post(url("add"), petition_form())

    assert answer.status_code == 302
    assert [row.name for row in Petition.objects.get(slug_en="a").addressees.all()] == ["A Leader"]


@pytest.mark.parametrize("column", ["slug_en", "slug_fr"])
@pytest.mark.parametrize("slug", ["confirm", "manage"])
def test_a_petition_does_not_take_the_address_of_mailed_links(
    organizer_client: Client, column: str, slug: str
) -> None:
    answer = organizer_client.post(url("add"), petition_form() | {column: slug})

    assert list(answer.context["adminform"].form.errors) == [column]
    assert not Petition.objects.filter(**{column: slug}).exists()


def test_a_signed_petition_cannot_be_deleted(organizer_client: Client, held: Signature) -> None:
    answer = organizer_client.post(url("delete", held.petition_id), {"post": "yes"})

    assert (answer.status_code, Petition.objects.filter(pk=held.petition_id).exists()) == (403, True)
