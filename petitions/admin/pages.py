"""What the organizers' own pages share: their frame, and the answer to a choice that was tampered with."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


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
    return render(request, f"admin/petitions/{template}", {**frame, **context}, status=status)


def refuse_choice(request: HttpRequest, model: type[Model]) -> HttpResponse:
    """Say that what was confirmed is not what was shown; nothing has been done."""
    return show(
        request,
        "refused.html",
        model,
        title=_("Nothing was done"),
        status=HTTPStatus.BAD_REQUEST,
    )
