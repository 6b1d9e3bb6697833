"""The phone team in admin: rules for the next call, who is called now, and who must not be contacted."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coop4canada.kit.admin import OrganizerAdmin, ReadOnlyAdmin
from coop4canada.kit.clock import now
from coop4canada.kit.db import database_now
from coop4canada.kit.signing import keyed_hash
from supporters.models import User
from supporters.rules.phone import BadPhone, read_phone
from volunteers.enums import EndOfLease, SuppressedThing, SuppressionSource
from volunteers.models import Contact, Lease, RetryRule, Suppression
from volunteers.rules.addresses import address_key
from volunteers.services.leases import end_leases_of
from volunteers.services.phone_lists import release_contacts
from volunteers.services.suppression import Refusal, lift_suppression, suppress

MOST_LIFTED = 50


@admin.register(RetryRule)
class RetryRuleAdmin(OrganizerAdmin):
    """What follows each outcome; an outcome without a row follows the defaults."""

    list_display = [
        "outcome", "end_state", "retry_after_minutes", "other_daypart", "most_attempts", "counts", "everywhere",
        "rest_elsewhere_minutes", "again_as",
    ]  # fmt: skip
    ordering = ["outcome"]

    def get_readonly_fields(self, _request: HttpRequest, obj: Model | None = None) -> list[str]:
        """A rule stays with its outcome."""
        return ["outcome"] if obj else []


@admin.register(Lease)
class LeaseAdmin(ReadOnlyAdmin):
    """Calls under way and past: who held whom, never the number."""

    list_display = ["caller", "contact", "issued_at", "dialled_at", "expires_at", "ended_at", "end_reason"]
    list_select_related = ["caller", "contact"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter), "end_reason"]
    search_fields = ["caller__email", "=contact__id"]
    ordering = ["-issued_at", "-pk"]
    fields = [
        "contact", "caller", "script_version", "issued_at", "dialled_at", "heartbeat_at", "expires_at", "ended_at",
        "end_reason",
    ]  # fmt: skip
    actions = ["take_away"]

    def has_take_permission(self, request: HttpRequest, _obj: Model | None = None) -> bool:
        """Taking a call away needs the right to change calls."""
        return bool(request.user.has_perm("volunteers.change_lease"))

    @admin.action(description=_("Take the call away from its caller"), permissions=["take"])
    def take_away(self, request: HttpRequest, leases: QuerySet[Lease]) -> None:
        """End the live ones; their callers are told."""
        callers = User.objects.filter(leases__in=leases.filter(ended_at__isnull=True)).distinct()
        at = database_now()
        count = sum(end_leases_of(user=one, reason=EndOfLease.REVOKED, now=at) for one in callers)
        words = ngettext("%(count)d call taken away.", "%(count)d calls taken away.", count)
        messages.success(request, words % {"count": count})


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    """People to call: looked at one by one, never exported, their numbers only known to whoever calls them."""

    list_display = [
        "id", "contact_list", "riding_number", "state", "attempt_count", "last_outcome", "next_at", "callback_at",
    ]  # fmt: skip
    list_select_related = ["contact_list"]
    list_filter = ["state", "priority", "last_outcome"]
    search_fields = ["=id", "=riding_number", "=contact_list__name"]
    ordering = ["-pk"]
    fields = [
        "contact_list", "source_id", "name", "language", "riding_number", "zone", "zone_source", "priority", "state",
        "attempt_count", "next_at", "callback_at", "callback_owner", "last_outcome", "last_attempt_at",
    ]  # fmt: skip
    actions = ["release"]

    def has_release_permission(self, request: HttpRequest, _obj: Model | None = None) -> bool:
        """Giving contacts back to the queue needs the right to change them."""
        return bool(request.user.has_perm("volunteers.change_contact"))

    @admin.action(
        description=_("Call again: what waits for an organizer, or was tried in vain"),
        permissions=["release"],
    )
    def release(self, request: HttpRequest, contacts: QuerySet[Contact]) -> None:
        """Put those that wait back into the queue."""
        ids = list(contacts.values_list("pk", flat=True))
        count = release_contacts(ids=ids, now=database_now())
        words = ngettext("%(count)d contact released.", "%(count)d contacts released.", count)
        messages.success(request, words % {"count": count})


class RefusalForm(forms.ModelForm[Suppression]):
    """A number or an address as an organizer types it; only its hash is kept."""

    phone = forms.CharField(label=_("Phone number"), max_length=40, required=False)
    number = forms.IntegerField(label=_("Civic number"), min_value=1, max_value=999_999, required=False)
    suffix = forms.CharField(label=_("Suffix of the number"), max_length=5, required=False)
    unit = forms.CharField(label=_("Apartment"), max_length=20, required=False)
    street = forms.CharField(label=_("Street"), max_length=120, required=False)
    place = forms.CharField(
        label=_("Postal code, else municipality"), max_length=80, required=False,
        help_text=_("As in the lists: with the postal code where they have one."),
    )  # fmt: skip

    class Meta:
        model = Suppression
        fields = ["source"]

    def clean_phone(self) -> str:
        """Read the number."""
        typed = self.cleaned_data["phone"]
        try:
            return read_phone(typed) if typed else ""
        except BadPhone as error:
            raise ValidationError(_("This is no telephone number in Canada.")) from error

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, the address complete."""
        typed = super().clean() or self.cleaned_data
        address = [bool(typed.get(name)) for name in ("number", "street", "place")]
        if any(address) and not all(address):
            raise ValidationError(_("An address needs number, street and postal code or municipality."))
        if not any(address) and not typed.get("phone") and "phone" not in self.errors:
            raise ValidationError(_("Type a phone number or an address."))
        return typed

    def refusal(self, by: User) -> Refusal:
        """Return what is to be closed."""
        typed, digests = self.cleaned_data, {}
        if typed["phone"]:
            digests[SuppressedThing.PHONE] = keyed_hash(typed["phone"])
        if typed["number"]:
            names = ("number", "suffix", "unit", "street", "place")
            digests[SuppressedThing.ADDRESS] = keyed_hash(
                address_key(**{name: typed[name] for name in names})
            )
        return Refusal(digests, SuppressionSource(typed["source"]), now(), by=by)


@admin.register(Suppression)
class SuppressionAdmin(OrganizerAdmin):
    """Who must not be contacted: entered here when somebody writes or calls, lifted only with a note."""

    form = RefusalForm  # type: ignore[assignment]  # no row is saved from it, the service writes
    list_display = ["thing", "short", "source", "said_at", "recorded_by", "lifted_at", "lift_note"]
    list_select_related = ["recorded_by"]
    list_filter = ["thing", "source", ("lifted_at", admin.EmptyFieldListFilter)]
    search_fields = ["digest"]
    search_help_text = _("A phone number; addresses are not searched.")
    ordering = ["-pk"]
    fields = ["source", "phone", "number", "suffix", "unit", "street", "place"]
    actions = ["lift"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Look a number up by its hash."""
        if not search_term.strip():
            return queryset, False
        try:
            return queryset.filter(digest=keyed_hash(read_phone(search_term))), False
        except BadPhone:
            messages.info(request, _("This is no telephone number in Canada."))
            return queryset.none(), False

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """A voter's word is not rewritten."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Nor deleted."""
        return False

    def has_lift_permission(self, request: HttpRequest, _obj: Model | None = None) -> bool:
        """Lifting needs the right to change entries."""
        return bool(request.user.has_perm("volunteers.change_suppression"))

    def save_model(self, request: HttpRequest, obj: Suppression, form: Any, change: bool) -> None:  # noqa: ANN401, ARG002, FBT001
        """Close it by the one service that does; said before, it is one entry."""
        by = request.user if isinstance(request.user, User) else None
        refusal = form.refusal(by)
        suppress(refusal=refusal, now=refusal.said_at)
        kept = Suppression.objects.filter(digest__in=refusal.digests.values(), lifted_at__isnull=True)
        obj.pk = kept.values_list("pk", flat=True).latest("pk")
        obj.refresh_from_db()

    @admin.display(description=_("entry"))
    def short(self, row: Suppression) -> str:
        """Name the entry by the beginning of its hash."""
        return row.digest[:12]

    @admin.action(description=_("Lift: contact is allowed again"), permissions=["lift"])
    def lift(self, request: HttpRequest, rows: QuerySet[Suppression]) -> HttpResponse | None:
        """Ask for the note; lift once it is given."""
        note = request.POST.get("note", "").strip()
        if "decided" not in request.POST or not note:
            return self._ask(request, rows)
        by = request.user
        if not isinstance(by, User):
            return None
        count = sum(lift_suppression(suppression=row, note=note[:300], by=by, now=now()) for row in rows)
        words = ngettext("%(count)d entry lifted.", "%(count)d entries lifted.", count)
        messages.success(request, words % {"count": count})
        return None

    def _ask(self, request: HttpRequest, rows: QuerySet[Suppression]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Lift: contact is allowed again"),
            "rows": rows.filter(lifted_at__isnull=True)[:MOST_LIFTED],
            "needs_note": "decided" in request.POST,
        }
        return render(request, "admin/volunteers/suppression_lift.html", context)
