"""Gifts of one person have one key."""

import pytest

from polls.rules.person_key import person_key

BOB = {"name": "Bob Côté-Smith", "address_key": "bob@example.org", "postal_code": "K1A0B1"}


@pytest.mark.parametrize("name", ["bob cote smith", " BOB  CÔTÉ–SMITH ", "Bob Co\u0302te\u0301-Smith"])
def test_spelling_does_not_make_another_person(name: str) -> None:
    assert person_key(**{**BOB, "name": name}) == person_key(**BOB)


def test_who_moves_stays_the_same_person() -> None:
    assert person_key(**{**BOB, "postal_code": "V6B4N6"}) == person_key(**BOB)


def test_two_people_with_one_address_are_two() -> None:
    assert person_key(**{**BOB, "name": "Anne Côté-Smith"}) != person_key(**BOB)


def test_without_an_address_the_postal_code_tells_namesakes_apart() -> None:
    posted = {**BOB, "address_key": ""}

    assert person_key(**posted) == person_key(**{**posted, "postal_code": "k1a 0b1"})
    assert person_key(**posted) != person_key(**{**posted, "postal_code": "V6B4N6"})
    assert person_key(**posted) != person_key(**BOB)


def test_an_address_is_never_taken_for_a_postal_code() -> None:
    mailed = person_key(name="Bob", address_key="post:k1a0b1", postal_code="")

    assert mailed != person_key(name="Bob", address_key="", postal_code="K1A0B1")


def test_names_in_other_scripts_tell_people_apart() -> None:
    keys = {person_key(**{**BOB, "name": name}) for name in ("Мария Иванова", "мария  иванова", "王芳")}

    assert len(keys) == 2
    assert all(len(key) == 64 for key in keys)
