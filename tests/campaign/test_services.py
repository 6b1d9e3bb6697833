"""Setting up parties."""

import pytest

from campaign.models import Party
from campaign.services import create_party

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("label", "code", "french"),
    [("Moon Party/Parti Lune", "MOONPA", "Parti Lune"), ("Étoile", "ETOILE", "Étoile"), ("/", "PARTY", "")],
)
def test_a_party_is_made_of_its_label(label: str, code: str, french: str) -> None:
    party = create_party(label=label)

    assert (party.code, party.short_fr, party.ballot_labels, party.role) == (code, french, [label], "other")


def test_two_parties_with_like_labels_have_different_codes() -> None:
    codes = [create_party(label=label).code for label in ("Moon Party/A", "Moon Patrol/B", "Moon Path/C")]

    assert codes == ["MOONPA", "MOONPA2", "MOONPA3"]
    assert Party.objects.filter(code__startswith="MOONPA").count() == 3
