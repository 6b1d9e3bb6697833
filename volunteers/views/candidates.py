"""Candidates from inside: who is on the list, where they stand, what is decided."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from campaign.models import active_language
from coop4canada.kit import clock
from volunteers import queries, services
from volunteers.forms import OBSTACLES, DecisionForm, EntryForm, StanceForm
from volunteers.queries import CandidateWork
from volunteers.services import MoveRefused
from volunteers.views.doors import (
    back_to_candidate,
    chapter_or_404,
    for_chapter,
    for_lead,
    is_lead,
    member,
    status_of,
)


@for_lead
def add(request: HttpRequest, number: int) -> HttpResponse:
    """Put somebody on the list."""
    chapter_or_404(number)
    now = clock.now()
    official = queries.official_candidates(number, now.date())
    form = EntryForm(request.POST if request.method == "POST" else None, official=official, today=now.date())
    if form.is_valid():
        candidacy = services.add_candidate(riding_number=number, entry=form.entry(), now=now)
        return back_to_candidate(number, candidacy.pk)
    context = {"form": form, "number": number, "official": official}
    return render(request, "volunteers/workspace/add_candidate.html", context, status=status_of(request))


@for_chapter
def candidate(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Show a candidate: interviews with their drafts, stances, what can be decided."""
    return _page(request, _work_or_404(number, pk), HTTPStatus.OK)


@for_lead
def decide(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Take a decision with its reason."""
    work = _work_or_404(number, pk)
    form = DecisionForm(request.POST)
    if request.method != "POST":
        return back_to_candidate(number, pk)
    if form.is_valid():
        try:
            services.move_candidate(
                candidacy_id=pk, decision=form.decision(), by=member(request), now=clock.now()
            )
        except MoveRefused as refused:
            form.add_error(None, OBSTACLES[refused.obstacle])
        else:
            return back_to_candidate(number, pk)
    return _page(request, work, HTTPStatus.UNPROCESSABLE_ENTITY, decision_form=form)


@for_lead
def stance(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Record where a candidate stands, with its source."""
    work = _work_or_404(number, pk)
    form = StanceForm(
        request.POST if request.method == "POST" else None, initial={"language": active_language()}
    )
    if form.is_valid():
        services.record_stance(
            candidacy=work.candidacy,
            topic=form.cleaned_data["topic"],
            said=form.said(),
            language=form.cleaned_data["language"],
            source=form.found_at(),
            now=clock.now(),
        )
        return back_to_candidate(number, pk)
    context = {"form": form, "work": work, "number": number}
    return render(request, "volunteers/workspace/stance.html", context, status=status_of(request))


def _work_or_404(number: int, pk: int) -> CandidateWork:
    work = queries.candidate_work(number, pk)
    if work is None:
        raise Http404
    return work


def _page(
    request: HttpRequest, work: CandidateWork, status: HTTPStatus, decision_form: DecisionForm | None = None
) -> HttpResponse:
    number = work.candidacy.riding_number
    context = {
        "work": work,
        "number": number,
        "is_lead": is_lead(request, number),
        "form": decision_form or DecisionForm(),
    }
    return render(request, "volunteers/workspace/candidate.html", context, status=status)
