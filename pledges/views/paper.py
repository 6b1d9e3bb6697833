"""Pledges on paper: what to print, keying in line by line or by file, and the owner's answer by mail."""

import secrets
from collections.abc import Callable, Collection, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.http import mailed_page, personal_page, see_other
from coop4canada.kit.signing import BadToken, unseal
from pledges import services
from pledges.forms.paper import BaseLines, CardsForm, SheetForm, UploadForm, add_rows, lines_form, read_rows
from pledges.queries import paper
from pledges.queries.paper_links import paper_page
from pledges.rules.paper import CODE_LENGTH, CODE_LETTERS
from pledges.services.paper_review import PAPER_LINK
from supporters.doors import with_second_factor
from supporters.enums import Purpose, RidingRoleKind
from supporters.queries.roles import has_role
from supporters.queries.wordings import current_wordings
from supporters.visitors import circumstances_of

View = Callable[..., HttpResponse]
MAY_KEY = "pledges.add_paperline"
# So many fit on a page of Letter, with the words of all consents.
LINES, LINES_IN_BOTH = 15, 10


def captain_or_organizer(view: View) -> View:
    """Mark a page for the captain of the riding in its address, and organizers with the right; to others there is none."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, number: int, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        user = request.user
        is_organizer = user.is_staff and user.has_perm(MAY_KEY)
        riding = paper.name_of_riding(number)
        if riding is None or not (is_organizer or has_role(user, number, RidingRoleKind.CAPTAIN)):
            raise Http404
        return view(request, *args, number=number, riding=riding, **kwargs)

    return with_second_factor(wrapped)


@personal_page
def cards(request: HttpRequest) -> HttpResponse:
    """Show cards or a sheet ready to print; every sheet has a code of its own, so no cache keeps the page."""
    first = {"what": "cards", "size": "letter", "per_page": "4", "language": "en"}
    form = CardsForm({**first, **request.GET.dict()})
    if not form.is_valid():
        return render(
            request,
            "pledges/cards.html",
            {"form": form, "asked": None},
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    asked = form.cleaned_data
    words = paper.paper_words(asked["language"], asked["riding"], purposes=_purposes(asked))
    each = 1 if asked["what"] == "sheet" else int(asked["per_page"])
    context = {
        "form": form,
        "asked": asked,
        "words": words,
        "copies": range(each),
        "lines": range(1, (LINES_IN_BOTH if asked["language"] == "both" else LINES) + 1),
        "code": "".join(secrets.choice(CODE_LETTERS) for _place in range(CODE_LENGTH)),
        "printed_on": clock.now().date(),
        "drawing": paper.code_drawing(words[0].language),
        "address": paper.pledge_address(words[0].language),
    }
    return render(request, "pledges/cards.html", context)


@captain_or_organizer
def key(request: HttpRequest, number: int, riding: str) -> HttpResponse:
    """Key in lines of a sheet; what is wrong, or differs from what stands there, keeps everything typed."""
    wordings = current_wordings()
    if request.method != "POST":
        return _show_lines(request, number, riding, SheetForm(), lines_form(None, wordings))
    data = request.POST.copy()
    if "more" in data:
        add_rows(data)
        return _show_lines(request, number, riding, SheetForm(data), lines_form(data, wordings), is_more=True)
    sheet, lines = SheetForm(data), lines_form(data, wordings)
    is_right = all([sheet.is_valid(), lines.is_valid()])
    rows = lines.rows() if is_right else []
    if not rows:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _show_lines(request, number, riding, sheet, lines, status=status, is_empty=is_right)
    keyed = _keyed(request, number, sheet.cleaned_data["code"], rows)
    if keyed.differing:
        for form in lines.forms:
            form.there = keyed.differing.get(form.cleaned_data.get("number")) if form.has_changed() else None
        return _show_lines(request, number, riding, sheet, lines, status=HTTPStatus.CONFLICT)
    return see_other(f"{request.path}?new={keyed.new}&same={keyed.same}&replaced={keyed.replaced}")


@captain_or_organizer
def upload(request: HttpRequest, number: int, riding: str) -> HttpResponse:
    """Check a file of lines, and import it whole or not at all."""
    context: dict[str, Any] = {
        "number": number,
        "riding": riding,
        "form": UploadForm(),
        "rows": 0,
        "problems": [],
        "keyed": None,
    }
    if request.method != "POST":
        return render(request, "pledges/paper_upload.html", context)
    form = context["form"] = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "pledges/paper_upload.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    rows, problems = read_rows(form.cleaned_data["file"], current_wordings())
    context |= {"rows": len(rows), "problems": problems}
    if problems:
        return render(request, "pledges/paper_upload.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.cleaned_data["is_import"]:
        keyed = _keyed(request, number, form.cleaned_data["code"], rows)
        context["keyed"] = keyed
        if keyed.differing:
            return render(request, "pledges/paper_upload.html", context, status=HTTPStatus.CONFLICT)
    return render(request, "pledges/paper_upload.html", context)


@mailed_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Let the owner of an address confirm what stands on paper, or take it back."""
    try:
        pledge_id = int(unseal(PAPER_LINK, token, max_age=None).values[0])
    except (BadToken, ValueError, IndexError) as error:
        raise Http404(_("This link is not complete. Open it again from the mail.")) from error
    if request.method == "POST":
        if "take_back" in request.POST:
            services.withdraw_pledge(pledge_id=pledge_id, now=clock.now())
        else:
            here = circumstances_of(request)
            services.confirm_paper_pledge(pledge_id=pledge_id, circumstances=here, now=clock.now())
        return see_other(request.path)
    return render(request, "pledges/paper_confirm.html", {"page": paper_page(pledge_id)})


def _purposes(asked: Mapping[str, Any]) -> Collection[str]:
    """Return which consents there is room to ask for: all on a sheet, news on a large card, none on a small one."""
    if asked["what"] == "sheet":
        return Purpose.values
    return [Purpose.NEWS] if asked["per_page"] == "4" else []


def _keyed(request: HttpRequest, number: int, code: str, rows: Any) -> services.Keyed:  # noqa: ANN401
    return services.key_lines(
        riding_number=number, code=code, rows=rows, by_id=request.user.pk, now=clock.now()
    )


def _show_lines(  # noqa: PLR0913 — what the page is made of
    request: HttpRequest,
    number: int,
    riding: str,
    sheet: SheetForm,
    lines: BaseLines,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    is_more: bool = False,
    is_empty: bool = False,
) -> HttpResponse:
    told = {name: _whole(request.GET.get(name, "")) for name in ("new", "same", "replaced")}
    context = {
        "number": number,
        "riding": riding,
        "sheet": sheet,
        "lines": lines,
        "sheets": paper.sheets_of(number),
        "told": told if "new" in request.GET else None,
        "is_more": is_more,
        "is_empty": is_empty,
        "is_conflict": status == HTTPStatus.CONFLICT,
    }
    return render(request, "pledges/paper_key.html", context, status=status)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0  # noqa: PLR2004
