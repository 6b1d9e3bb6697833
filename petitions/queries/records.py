"""What this app keeps about a person, for that person."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from petitions.models import Signature
from supporters.models import Supporter
from supporters.queries import Records


def signature_records(*, supporter: Supporter) -> Records:
    """Return everything that somebody signed."""
    rows = Signature.objects.filter(supporter=supporter).order_by("-pk").select_related("petition")
    return Records(
        title=_("Petitions you signed"),
        columns=(_("Petition"), _("Signed"), _("State"), _("Name"), _("Postal code"), _("First name shown")),
        rows=tuple(_row(signature) for signature in rows),
    )


def _row(signature: Signature) -> tuple[str, ...]:
    return (
        signature.petition.title,
        date_format(signature.created_at, "DATE_FORMAT"),
        _state(signature),
        signature.name,
        signature.postal_code,
        _("yes") if signature.is_public else _("no"),
    )


def _state(signature: Signature) -> str:
    """Name the state without telling what is looked at: whoever attacks the petition may ask for this too."""
    if signature.withdrawn_at is not None:
        return _("taken back")
    return _("confirmed") if signature.confirmed_at is not None else _("waits for confirmation")
