"""A person's own data: asked for by mail, seen, corrected, carried away, erased."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from campaign.models import active_language
from coop4canada.kit import clock
from coop4canada.kit.http import mailed_page, public_form, see_other
from coop4canada.kit.signing import BadToken
from supporters import queries, services
from supporters.enums import Method
from supporters.forms import AskForm, ConsentsForm, CorrectionForm
from supporters.models import Supporter
from supporters.visitors import circumstances_of


class LinkExpired(Exception):
    """The hour is over."""


@public_form
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an address and mail the link to whoever owns it; the answer is the same for every address."""
    if request.method != "POST":
        return ask_page(request, AskForm(), HTTPStatus.OK)
    form = AskForm(request.POST)
    if not form.is_valid():
        return ask_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    address, now = form.cleaned_data["email"], clock.now()
    people, circumstances = queries.people_at(address.key), circumstances_of(request)
    if people:
        services.mail_own_link(people=people, circumstances=circumstances, now=now)
    else:
        services.mail_address_link(
            address=address, language=active_language(), circumstances=circumstances, now=now
        )
    return render(request, "supporters/my_data/asked.html", {"email": address.typed})


def ask_page(request: HttpRequest, form: AskForm, status: HTTPStatus) -> HttpResponse:
    """Show the form that asks for an address; 410 says that a link’s hour is over."""
    context = {"form": form, "is_expired": status == HTTPStatus.GONE}
    return render(request, "supporters/my_data/ask.html", context, status=status)


@mailed_page
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show everything that is kept about the people of an address."""
    try:
        people = _people(token)
    except LinkExpired:
        return ask_page(request, AskForm(), HTTPStatus.GONE)
    return _page(request, token, people)


def _page(
    request: HttpRequest,
    token: str,
    people: list[Supporter],
    typed: tuple[Supporter, CorrectionForm] | None = None,
) -> HttpResponse:
    forms = {person.pk: CorrectionForm(initial=_initial(person)) for person in people}
    if typed is not None:
        forms[typed[0].pk] = typed[1]
    context = {
        "token": token,
        "pages": [(queries.personal_page(person), forms[person.pk]) for person in people],
        "is_saved": "saved" in request.GET,
        "is_household": len(people) > 1,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if typed else HTTPStatus.OK
    return render(request, "supporters/my_data/page.html", context, status=status)


@mailed_page
def correct(request: HttpRequest, token: str, person: int) -> HttpResponse:
    """Take corrections."""
    supporter, people = _one_of(token, person)
    form = CorrectionForm(request.POST if request.method == "POST" else _initial(supporter))
    if request.method != "POST" or not form.is_valid():
        return _page(request, token, people, typed=(supporter, form))
    services.correct_details(supporter=supporter, correction=form.correction(), now=clock.now())
    return _back(token)


@mailed_page
def consents(request: HttpRequest, token: str, person: int) -> HttpResponse:
    """Let exactly the ticked consents stand."""
    supporter, people = _one_of(token, person)
    wordings = [wording.pk for wording in queries.current_wordings()]
    form = ConsentsForm(request.POST, wordings=wordings)
    if request.method != "POST" or not form.is_valid():
        return _page(request, token, people)
    services.choose_consents(
        supporter=supporter,
        wording_ids=form.cleaned_data["wording"],
        circumstances=circumstances_of(request, method=Method.MAIL, page=reverse("supporters:my-data")),
        now=clock.now(),
    )
    return _back(token)


@mailed_page
def download(_request: HttpRequest, token: str) -> HttpResponse:
    """Hand over the same as JSON."""
    people = [queries.personal_export(queries.personal_page(person)) for person in _people_or_404(token)]
    response = JsonResponse({"people": people}, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@mailed_page
def erase(request: HttpRequest, token: str, person: int) -> HttpResponse:
    """Ask once more, then erase."""
    supporter, people = _one_of(token, person)
    if request.method != "POST":
        context = {"token": token, "supporter": supporter, "is_household": len(people) > 1}
        return render(request, "supporters/my_data/erase.html", context)
    services.erase_supporter(supporter=supporter, now=clock.now())
    return see_other(reverse("supporters:my-data-erased"))


@public_form
def erased(request: HttpRequest) -> HttpResponse:
    """Say what was erased, and what stays."""
    return render(request, "supporters/my_data/erased.html")


def _initial(person: Supporter) -> dict[str, object]:
    columns = ("name", "postal_code", "language", "phone")
    return {column: getattr(person, column) for column in columns} | {"riding": person.riding_number}


def _people(token: str) -> list[Supporter]:
    try:
        link = services.own_link(token)
    except BadToken as error:
        raise Http404 from error
    if link.is_expired:
        raise LinkExpired
    people = queries.people_of(link.people)
    if not people:
        raise Http404
    return people


def _people_or_404(token: str) -> list[Supporter]:
    try:
        return _people(token)
    except LinkExpired as error:
        raise Http404 from error


def _one_of(token: str, number: int) -> tuple[Supporter, list[Supporter]]:
    people = _people_or_404(token)
    person = next((person for person in people if person.pk == number), None)
    if person is None:
        raise Http404
    return person, people


def _back(token: str) -> HttpResponse:
    return see_other(reverse("supporters:my-data-page", args=[token]) + "?saved=1")
