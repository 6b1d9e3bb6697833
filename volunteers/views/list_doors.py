"""Who comes in to lists: those who lead the riding's team or the phone team, and organizers with the right."""

from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from coop4canada.kit.http import View
from ridings.queries.codes import live_ridings
from supporters.doors import role_required, signed_in, with_second_factor
from supporters.enums import RidingRoleKind
from supporters.models import User
from volunteers.models import ContactList, ImportBatch
from volunteers.queries.lists import led_lists

MAY_WORK = "volunteers.change_contactlist"


def for_leaders(view: View) -> View:
    """Mark a page for leaders of the team in its address; to others there is none. What is no riding's number is nothing."""
    led = role_required(RidingRoleKind.CAPTAIN, RidingRoleKind.LOCAL_ORGANIZER, RidingRoleKind.PHONE_CAPTAIN)(
        view
    )

    for_organizers = with_second_factor(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, number: int | None, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        if number is not None and number not in live_ridings([number]):
            raise Http404
        is_organizer = request.user.is_staff and request.user.has_perm(MAY_WORK)
        inner = for_organizers if is_organizer else led
        return inner(request, *args, number=number, **kwargs)

    return signed_in(wrapped)


def list_or_404(number: int | None, pk: int) -> ContactList:
    """Return a list of this team."""
    return get_object_or_404(led_lists(number).select_related("script"), pk=pk)


def batch_or_404(number: int | None, pk: int, batch: int) -> ImportBatch:
    """Return an import into a list of this team."""
    rows = ImportBatch.objects.filter(contact_list__in=led_lists(number)).select_related("contact_list")
    return get_object_or_404(rows, pk=batch, contact_list_id=pk)


def account(request: HttpRequest) -> User:
    """Return who asks; the doors let nobody else come this far."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user
