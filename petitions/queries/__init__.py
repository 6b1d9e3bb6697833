"""Reads for the pages and interfaces about petitions."""

from petitions.queries.card import card_of
from petitions.queries.counts import PublicCount, counts_by_province, counts_by_riding, public_count
from petitions.queries.facts import petition_facts
from petitions.queries.listing import PetitionItem, featured_petition, petition_items
from petitions.queries.next_step import RidingStep, riding_step
from petitions.queries.petition_page import PetitionPage, addressees_of, petition_page
from petitions.queries.petitions import petition_at
from petitions.queries.ridings_page import RidingsPage, counts_table, ridings_page
from petitions.queries.sign_form import (
    SignBox,
    known_person,
    prefilled,
    riding_of_code,
    sign_box,
    staff_member,
)
from petitions.queries.signatures import (
    LinkState,
    OwnSignature,
    Success,
    link_state,
    own_signature,
    petition_of_code,
    success_of,
)

__all__ = [
    "LinkState",
    "OwnSignature",
    "PetitionItem",
    "PetitionPage",
    "PublicCount",
    "RidingStep",
    "RidingsPage",
    "SignBox",
    "Success",
    "addressees_of",
    "card_of",
    "counts_by_province",
    "counts_by_riding",
    "counts_table",
    "featured_petition",
    "known_person",
    "link_state",
    "own_signature",
    "petition_at",
    "petition_facts",
    "petition_items",
    "petition_of_code",
    "petition_page",
    "prefilled",
    "public_count",
    "riding_of_code",
    "riding_step",
    "ridings_page",
    "sign_box",
    "staff_member",
    "success_of",
]
