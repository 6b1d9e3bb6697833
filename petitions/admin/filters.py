"""Filters of the list of signatures; each is answered by an index and counts nothing."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.admin import TypedFilter
from petitions.models import Petition, Signature
from petitions.queries.search import ridings_named
from petitions.queries.suspicions import texts_with
from supporters.enums import EntryState, Suspicion


class PetitionFilter(admin.SimpleListFilter):
    """Under one petition."""

    title = _("petition")
    parameter_name = "petition"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:  # noqa: ANN401
        """Offer every petition, newest first."""
        return [(str(petition.pk), petition.title) for petition in Petition.objects.order_by("-pk")]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Signature]) -> QuerySet[Signature]:
        """Keep those under the petition."""
        known = {choice[0] for choice in self.lookup_choices}
        chosen = self.value()
        return queryset.filter(petition=int(chosen)) if chosen and chosen in known else queryset


class StateFilter(admin.SimpleListFilter):
    """In one state."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:  # noqa: ANN401
        """Offer every state."""
        return [(state.value, str(state.label)) for state in EntryState]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Signature]) -> QuerySet[Signature]:
        """Keep those in the state; by petition and state, as the index has them."""
        if self.value() not in EntryState.values:
            return queryset
        petitions = list(Petition.objects.order_by("pk").values_list("pk", flat=True))
        return queryset.filter(state=self.value(), petition__in=petitions)


class SuspicionFilter(admin.SimpleListFilter):
    """Looked at for one reason."""

    title = _("why it is looked at")
    parameter_name = "suspicion"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:  # noqa: ANN401
        """Offer every reason."""
        return [(suspicion.value, str(suspicion.label)) for suspicion in Suspicion]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Signature]) -> QuerySet[Signature]:
        """Keep those looked at for the reason."""
        chosen = self.value()
        if not chosen or chosen not in Suspicion.values:
            return queryset
        return queryset.exclude(suspicion="").filter(suspicion__in=texts_with(chosen))


class RidingFilter(TypedFilter):
    """In one riding, by number or name."""

    title = _("riding (number or name)")
    parameter_name = "riding"

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Signature]) -> QuerySet[Signature]:
        """Keep those in the riding; none if there is no such riding."""
        typed = (self.value() or "").strip()
        if not typed:
            return queryset
        if typed.isascii() and typed.isdigit() and len(typed) <= len("99999"):
            return queryset.filter(riding_number=int(typed))
        return queryset.filter(riding_number__in=[riding.number for riding in ridings_named(typed)])
