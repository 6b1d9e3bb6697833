"""What the organizers' own pages share: who may, the frame, the note of what was done."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from supporters.models import User


def organizer_with(request: HttpRequest, permission: str) -> User:
    """Return who asks.

    Raises: PermissionDenied if they lack the permission.
    """
    if not isinstance(request.user, User) or not request.user.has_perm(permission):
        raise PermissionDenied
    return request.user


def show(
    request: HttpRequest,
    template: str,
    model: type[Model],
    *,
    status: int = HTTPStatus.OK,
    **context: Any,  # noqa: ANN401
) -> HttpResponse:
    """Render a page in the frame of admin, about a model."""
    frame = {**admin.site.each_context(request), "opts": model._meta}  # noqa: SLF001 — as every page of admin
    return render(request, f"admin/polls/{template}", {**frame, **context}, status=status)


def note(user: User, row: Model, what: str) -> None:
    """Write into admin's history what somebody did by a page of ours."""
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(type(row)),
        action_flag=CHANGE,
        object_id=str(row.pk),
        object_repr=str(row)[:200],
        change_message=what,
    )
