"""Who of a household is signing."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporters.rules.household import Kind, Place, Resident, place_of

AMARA = Resident(1, "Amara Okafor", "K1A0B1", is_confirmed=True)
BRUNO = Resident(2, "Bruno Okafor", "K1A0B1", is_confirmed=True)
AMARA_PENDING = Resident(1, "Amara Okafor", "K1A0B1", is_confirmed=False)
NAMELESS = Resident(1, "", "K1A0B1", is_confirmed=True)
BRUNO_PENDING = Resident(2, "Bruno Okafor", "K1A0B1", is_confirmed=False)

HERE, ELSEWHERE = "K1A0B1", "V6B1A1"


@pytest.mark.parametrize(
    ("residents", "name", "postal_code", "expected"),
    [
        ([], "Amara Okafor", HERE, Place(1, Kind.NEW)),
        # The person of a place, known by name wherever they live now
        ([AMARA], "amara okafor", HERE, Place(1, Kind.SAME)),
        ([AMARA], "Amara Okafor", ELSEWHERE, Place(1, Kind.SAME)),
        ([AMARA_PENDING], "Amara Okafor", HERE, Place(1, Kind.SAME)),
        ([AMARA, BRUNO], "Bruno Okafor", HERE, Place(2, Kind.SAME)),
        ([AMARA_PENDING, BRUNO], "Bruno Okafor", ELSEWHERE, Place(2, Kind.SAME)),
        # A corrected name
        ([AMARA], "Amarra Okafor", HERE, Place(1, Kind.SAME)),
        ([AMARA_PENDING], "Amarra Okafor", ELSEWHERE, Place(1, Kind.CORRECTION)),
        ([AMARA, BRUNO_PENDING], "Brunno Okafor", HERE, Place(2, Kind.CORRECTION)),
        ([AMARA, BRUNO], "Brunno Okafor", HERE, Place(2, Kind.SAME)),
        # A second person
        ([AMARA], "Bruno Okafor", HERE, Place(2, Kind.NEW)),
        ([AMARA], "Bruno Okafor", "k1a 0b1", Place(2, Kind.NEW)),
        ([AMARA], "Bruno Okafor", "K1A", Place(2, Kind.NEW)),
        ([AMARA_PENDING], "Bruno Okafor", HERE, Place(2, Kind.NEW)),
        ([AMARA_PENDING], "Bruno Okafor", ELSEWHERE, Place(2, Kind.NEW)),
        ([BRUNO], "Amara Okafor", HERE, Place(1, Kind.NEW)),
        ([BRUNO_PENDING], "Amara Okafor", HERE, Place(1, Kind.NEW)),
        # Another name from another place: nothing is revealed, nothing changes
        ([AMARA], "Chantal Roy", ELSEWHERE, Place(1, Kind.SAME)),
        ([AMARA], "Chantal Roy", "K2A", Place(1, Kind.SAME)),
        ([AMARA], "Chantal Roy", "", Place(1, Kind.SAME)),
        ([AMARA, BRUNO], "Chantal Roy", ELSEWHERE, Place(1, Kind.SAME)),
        ([AMARA_PENDING, BRUNO], "Chantal Roy", ELSEWHERE, Place(2, Kind.SAME)),
        # A form that asks no name is about who is known at the address, first of all who has confirmed it
        ([], "", HERE, Place(1, Kind.NEW)),
        ([AMARA], "", ELSEWHERE, Place(1, Kind.SAME)),
        ([AMARA_PENDING], "", HERE, Place(1, Kind.SAME)),
        ([AMARA, BRUNO], "", HERE, Place(1, Kind.SAME)),
        ([AMARA_PENDING, BRUNO], "", HERE, Place(2, Kind.SAME)),
        # Who never told a name takes the first that is told, unless somebody else is called so
        ([NAMELESS], "Amara Okafor", ELSEWHERE, Place(1, Kind.SAME)),
        ([NAMELESS, BRUNO], "Amara Okafor", HERE, Place(1, Kind.SAME)),
        ([NAMELESS, BRUNO], "Bruno Okafor", HERE, Place(2, Kind.SAME)),
        # A third name
        ([AMARA, BRUNO_PENDING], "Chantal Roy", HERE, Place(2, Kind.CORRECTION)),
        ([AMARA_PENDING, BRUNO], "Chantal Roy", HERE, Place(1, Kind.CORRECTION)),
        ([AMARA_PENDING, BRUNO_PENDING], "Chantal Roy", ELSEWHERE, Place(1, Kind.CORRECTION)),
        ([AMARA, BRUNO], "Chantal Roy", HERE, Place(None, Kind.FULL)),
        ([AMARA, BRUNO], "Chantal Roy", "K1A", Place(None, Kind.FULL)),
    ],
)
def test_the_place_follows_from_name_confirmation_and_home(
    residents: list[Resident], name: str, postal_code: str, expected: Place
) -> None:
    found = {place_of(order, name=name, postal_code=postal_code) for order in permutations(residents)}

    assert found == {expected}


NAMES = st.sampled_from(["Amara Okafor", "Amarra Okafor", "Amara", "Bruno Okafor", "李小龍", ""]) | st.text(
    max_size=8
)
CODES = st.sampled_from(["K1A0B1", "K1A", "K1A0B2", "V6B1A1", ""])


@st.composite
def households(draw: st.DrawFn) -> list[Resident]:
    places = draw(st.lists(st.sampled_from([1, 2]), unique=True))
    return [Resident(place, draw(NAMES), draw(CODES), draw(st.booleans())) for place in places]


@given(households(), NAMES, CODES)
def test_everybody_gets_an_answer_whatever_the_order(
    residents: list[Resident], name: str, postal_code: str
) -> None:
    found = {place_of(order, name=name, postal_code=postal_code) for order in permutations(residents)}
    (answer,) = found
    held = {resident.place: resident for resident in residents}

    assert (answer.place is None) == (answer.kind is Kind.FULL)
    assert answer.place in {1, 2, None}
    assert (answer.kind is Kind.NEW) == (answer.place is not None and answer.place not in held)
    if answer.kind is Kind.CORRECTION:
        assert not held[answer.place or 0].is_confirmed
