"""Which columns leave with signatures."""

from collections.abc import Mapping
from typing import Any

from import_export import fields, resources, widgets

from petitions.models import Signature
from ridings.models import Riding

MOMENT = "%Y-%m-%dT%H:%M:%SZ"


class RidingColumns(resources.ModelResource):  # type: ignore[misc]  # the library has no types
    """Signatures with their riding in words; the ridings are handed in, as asking for each row would take hours."""

    riding_name = fields.Field(column_name="riding")
    province = fields.Field(column_name="province")

    def __init__(self, ridings: Mapping[int, Riding], **kwargs: Any) -> None:  # noqa: ANN401 — the library's
        super().__init__(**kwargs)
        self.ridings = ridings

    def dehydrate_riding_name(self, signature: Signature) -> str:
        """Name the riding in the organizer's language."""
        riding = self.ridings.get(signature.riding_number or 0)
        return riding.name if riding else ""

    def dehydrate_province(self, signature: Signature) -> str:
        """Name the province by its two letters."""
        riding = self.ridings.get(signature.riding_number or 0)
        return riding.province if riding else ""


class SignatureResource(RidingColumns):
    """All that organizers may need of signatures; no consent, for who may be mailed is decided when a mail leaves."""

    petition = fields.Field(column_name="petition", attribute="petition__slug_en")
    email = fields.Field(column_name="email", attribute="supporter__email")
    created_at = fields.Field("created_at", "created_at", widgets.DateTimeWidget(MOMENT))
    confirmed_at = fields.Field("confirmed_at", "confirmed_at", widgets.DateTimeWidget(MOMENT))
    withdrawn_at = fields.Field("withdrawn_at", "withdrawn_at", widgets.DateTimeWidget(MOMENT))

    class Meta:
        model = Signature
        fields = export_order = (
            "id", "petition", "state", "name", "email", "postal_code", "riding_number", "riding_name", "province",
            "language", "is_public", "method", "suspicion", "created_at", "confirmed_at", "withdrawn_at",
        )  # fmt: skip


class DeliveryResource(RidingColumns):
    """What is handed over with the letter: names and ridings; no address, no postal code, no moment."""

    class Meta:
        model = Signature
        fields = export_order = ("name", "riding_number", "riding_name", "province")
