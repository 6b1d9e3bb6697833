"""Signatures among millions: found, looked at, decided about."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coop4canada.kit.admin import BigTableAdmin, BigTableChangeList
from coop4canada.kit.http import see_other
from coop4canada.kit.paging import Search
from petitions.admin.access import CHANGE_SIGNATURE, EXPORT_SIGNATURE, organizer_with
from petitions.admin.choices import BadChoice, read_choice, seal_choice
from petitions.admin.exporting import export_signatures
from petitions.admin.filters import PetitionFilter, RidingFilter, StateFilter, SuspicionFilter
from petitions.admin.pages import refuse_choice, show
from petitions.models import Signature
from petitions.queries.search import signature_search
from petitions.services import decide_signatures
from ridings.queries.codes import live_ridings
from supporters.enums import EntryState, Suspicion
from supporters.services.reviewing import Verdict

DECIDE = "decide"
TITLES = {
    Verdict.ACCEPT: _("Accept these signatures?"),
    Verdict.INVALIDATE: _("Do not count these signatures?"),
    Verdict.HOLD: _("Hold these signatures for review?"),
}
CHANGELIST = "admin:petitions_signature_changelist"


class SignatureChangeList(BigTableChangeList):
    """Gives every row on the page the name of its riding, in one query."""

    def get_results(self, request: HttpRequest) -> None:
        """Read the page, then the ridings on it."""
        super().get_results(request)
        rows: list[Any] = list(self.result_list)
        ridings = live_ridings({row.riding_number for row in rows if row.riding_number})
        for row in rows:
            row.known_riding = ridings.get(row.riding_number)


@admin.register(Signature)
class SignatureAdmin(BigTableAdmin):
    """Signatures; rows are only shown, decisions are services."""

    list_display = ["person", "address", "riding", "state", "reasons", "created_at", "under"]
    list_display_links = ["person"]
    list_filter = [PetitionFilter, StateFilter, SuspicionFilter, RidingFilter]
    list_select_related = ["petition", "supporter"]
    search_help_text = _(
        "An e-mail, @a-domain.ca, an internet address or network, a riding’s number or name, or words of a name. "
        "“In quotes” it is always a person’s name."
    )
    change_list_template = "admin/petitions/signature/change_list.html"
    change_form_template = "admin/petitions/signature/change_form.html"
    actions = ["accept", "invalidate", "hold"]
    fieldsets = [
        (None, {"fields": ["petition", "state", "reasons", "state_before", "invalidation"]}),
        (
            _("Person"),
            {"fields": ["name", "person_link", "postal_code", "riding_number", "riding_source", "language"]},
        ),
        (
            _("Signing"),
            {"fields": ["created_at", "method", "origin", "email_domain", "is_public", "referral_link"]},
        ),
        (_("Mail and owner"), {"fields": ["confirmed_at", "withdrawn_at", "mail_count", "mailed_at"]}),
    ]
    readonly_fields = ["reasons", "person_link", "referral_link"]

    def search_for(self, typed: str) -> Search:
        """Return what a typed text stands for."""
        return signature_search(typed)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ANN401, ARG002 — Django names them
        """Return the list that knows ridings."""
        return SignatureChangeList

    def get_urls(self) -> list[URLPattern]:
        """Add the confirmation of decisions and the export."""
        wrap = self.admin_site.admin_view
        return [
            path("decide/", wrap(require_POST(decide)), name="petitions_signature_decide"),
            path("export/", wrap(self.export), name="petitions_signature_export"),
            *super().get_urls(),
        ]

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """Offer the signatures of the filtered list as a file, and send it."""
        return export_signatures(request, self)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Decisions need the right to change."""
        return bool(request.user.has_perm(CHANGE_SIGNATURE))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Offer what the organizer may do."""
        may = {
            "may_decide": self.has_decide_permission(request),
            "may_export": request.user.has_perm(EXPORT_SIGNATURE),
        }
        return super().changelist_view(
            request, {**may, "query": request.GET.urlencode(), **(extra_context or {})}
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer the decisions beside the row."""
        may = {"may_decide": self.has_decide_permission(request)}
        return super().change_view(request, object_id, form_url, {**may, **(extra_context or {})})

    @admin.action(description=_("Accept"), permissions=["decide"])
    def accept(self, request: HttpRequest, queryset: QuerySet[Signature]) -> HttpResponse:
        """Ask before they are accepted."""
        return ask(request, queryset, Verdict.ACCEPT)

    @admin.action(description=_("Do not count"), permissions=["decide"])
    def invalidate(self, request: HttpRequest, queryset: QuerySet[Signature]) -> HttpResponse:
        """Ask before they are made invalid."""
        return ask(request, queryset, Verdict.INVALIDATE)

    @admin.action(description=_("Hold for review"), permissions=["decide"])
    def hold(self, request: HttpRequest, queryset: QuerySet[Signature]) -> HttpResponse:
        """Ask before they are held."""
        return ask(request, queryset, Verdict.HOLD)

    @admin.display(description=_("name"))
    def person(self, signature: Signature) -> str:
        """Show the name as it was signed."""
        return signature.name or str(_("(forgotten)"))

    @admin.display(description=_("e-mail"))
    def address(self, signature: Signature) -> str:
        """Show the address."""
        return signature.supporter.email if signature.supporter else "—"

    @admin.display(description=_("petition"))
    def under(self, signature: Signature) -> str:
        """Name the petition briefly."""
        return Truncator(signature.petition.title).chars(32)

    @admin.display(description=_("riding"))
    def riding(self, signature: Signature) -> str:
        """Name the riding in the organizer's language."""
        known = getattr(signature, "known_riding", None)
        return f"{known.number} {known.name}" if known else str(signature.riding_number or "—")

    @admin.display(description=_("why it is looked at"))
    def reasons(self, signature: Signature) -> str:
        """Say the reasons in words."""
        labels = dict(Suspicion.choices)
        return ", ".join(str(labels.get(word, word)) for word in signature.suspicion.split()) or "—"

    @admin.display(description=_("supporter"))
    def person_link(self, signature: Signature) -> SafeString | str:
        """Lead to the person."""
        if signature.supporter is None:
            return "—"
        address = reverse("admin:supporters_supporter_change", args=[signature.supporter_id])
        return format_html('<a href="{}">{}</a>', address, signature.supporter)

    @admin.display(description=_("came by the link of"))
    def referral_link(self, signature: Signature) -> SafeString | str:
        """Lead to whose link brought them."""
        if signature.referred_by_id is None:
            return "—"
        address = reverse("admin:petitions_signature_change", args=[signature.referred_by_id])
        return format_html('<a href="{}">{}</a>', address, signature.referred_by_id)


def ask(request: HttpRequest, rows: QuerySet[Signature], verdict: Verdict) -> HttpResponse:
    """Show what is about to be decided; the page carries exactly these signatures, signed."""
    user = organizer_with(request, CHANGE_SIGNATURE)
    if request.POST.get("select_across") == "1":
        messages.warning(
            request, _("To decide over more than one page, describe them here: it can be undone.")
        )
        return redirect("admin:petitions_invalidation_add")
    chosen = list(rows.select_related("petition", "supporter"))
    token = seal_choice(DECIDE, user, ids=[row.pk for row in chosen], verdict=verdict)
    return show(
        request,
        "signature/decide.html",
        Signature,
        title=TITLES[verdict],
        rows=chosen,
        token=token,
        verdict=verdict,
    )


def decide(request: HttpRequest) -> HttpResponse:
    """Do what was confirmed."""
    user = organizer_with(request, CHANGE_SIGNATURE)
    try:
        choice = read_choice(DECIDE, user, request.POST.get("token", ""))
    except BadChoice:
        return refuse_choice(request, Signature)
    decided = decide_signatures(
        signature_ids=choice["ids"],
        verdict=Verdict(choice["verdict"]),
        reason=request.POST.get("reason", "").replace("\x00", "")[:200],
        user=user,
    )
    text = ngettext("%d signature was changed.", "%d signatures were changed.", decided.changed)
    messages.success(request, text % decided.changed)
    if decided.left:
        text = ngettext("%d was left as it is.", "%d were left as they are.", decided.left)
        messages.warning(request, text % decided.left)
    return see_other(f"{reverse(CHANGELIST)}?state={EntryState.HELD}")
