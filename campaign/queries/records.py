"""What this app keeps about a person, for that person."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaign.models import ContactMessage, Organization
from coop4canada.kit.panels import Records
from coop4canada.kit.senders import Person


def contact_records(*, supporter: Person) -> Records:
    """Return the organizations whose contact person is reached at this address."""
    rows = Organization.objects.filter(contact_key=supporter.email_key).order_by("-pk")
    return Records(
        title=_("Organizations you signed on"),
        columns=(_("Organization"), _("Signed on"), _("State"), _("Contact person"), _("E-mail")),
        rows=tuple(
            (
                row.name,
                date_format(row.created_at, "DATE_FORMAT"),
                str(row.get_state_display()),
                row.contact_name,
                row.contact_email,
            )
            for row in rows
        ),
    )


def message_records(*, supporter: Person) -> Records:
    """Return what was written to us from this address."""
    rows = ContactMessage.objects.filter(email_key=supporter.email_key).select_related("topic")
    return Records(
        title=_("Messages you sent us"),
        columns=(
            _("Written"),
            _("About"),
            _("State"),
            _("Name"),
            _("E-mail"),
            _("Place"),
            _("Message"),
            _("From"),
        ),
        rows=tuple(
            (
                date_format(row.created_at, "DATE_FORMAT"),
                row.topic.name,
                str(row.get_state_display()),
                row.name,
                row.email,
                row.place,
                row.message,
                row.origin,
            )
            for row in rows.order_by("-pk")
        ),
    )
