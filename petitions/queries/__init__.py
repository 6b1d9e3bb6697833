"""Reads for the pages and interfaces about petitions."""

from petitions.queries.petitions import petition_at
from petitions.queries.sign_form import SignBox, sign_box

__all__ = ["SignBox", "petition_at", "sign_box"]
