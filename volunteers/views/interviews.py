"""Interviews from inside: written down by interviewers, published by the lead."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from campaign.models import active_language
from coop4canada.kit import clock
from volunteers import queries, services
from volunteers.enums import InterviewState
from volunteers.forms import InterviewForm
from volunteers.forms.interviews import typed_before
from volunteers.models import Candidacy, Interview, QuestionSet
from volunteers.services import AlreadyPublished, NothingToPublish
from volunteers.views.doors import (
    back_to_candidate,
    for_chapter,
    for_lead,
    is_lead,
    member,
    status_of,
)

LONGEST_ID = 9


@for_chapter
def begin(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Write a new interview down."""
    work = queries.candidate_work(number, pk)
    if work is None:
        raise Http404
    question_set = queries.questions_for(number, _set_of_form(request))
    initial = {"form_key": uuid4(), "language": active_language()}
    form = InterviewForm(
        request.POST if request.method == "POST" else None, question_set=question_set, initial=initial
    )
    if form.is_valid() and _is_saved(request, form, work.candidacy, question_set):
        return back_to_candidate(number, pk)
    return _page(request, form, work.candidacy, question_set)


@for_chapter
def edit(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Write on at a draft."""
    interview = _interview_or_404(number, pk)
    candidacy, question_set = interview.candidacy, interview.question_set
    if interview.state == InterviewState.PUBLISHED:
        return back_to_candidate(number, candidacy.pk)
    # The draft is known by its address, whatever key the form sends.
    typed = {**request.POST.dict(), "form_key": str(interview.form_key)} if request.method == "POST" else None
    form = InterviewForm(typed, question_set=question_set, initial=typed_before(interview))
    if form.is_valid() and _is_saved(request, form, candidacy, question_set):
        return back_to_candidate(number, candidacy.pk)
    return _page(request, form, candidacy, question_set)


@for_lead
def publish(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Show the draft as readers will see it, then publish it for good."""
    interview, is_empty = _interview_or_404(number, pk), False
    if interview.state == InterviewState.PUBLISHED:
        return back_to_candidate(number, interview.candidacy_id)
    if request.method == "POST":
        try:
            services.publish_interview(interview_id=pk, now=clock.now())
        except NothingToPublish:
            is_empty = True
        else:
            return back_to_candidate(number, interview.candidacy_id)
    context = {
        "interview": interview,
        "said": queries.said_in(interview),
        "number": number,
        "is_empty": is_empty,
    }
    return render(request, "volunteers/workspace/publish.html", context, status=status_of(request))


def _interview_or_404(number: int, pk: int) -> Interview:
    interview = queries.interview_of(number, pk)
    if interview is None:
        raise Http404
    return interview


def _set_of_form(request: HttpRequest) -> int | None:
    """Return the set whose questions the form showed: it may have been changed while somebody typed."""
    sent = request.POST.get("question_set", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) <= LONGEST_ID else None


def _is_saved(
    request: HttpRequest, form: InterviewForm, candidacy: Candidacy, question_set: QuestionSet | None
) -> bool:
    try:
        services.save_interview(
            candidacy=candidacy,
            form_key=form.cleaned_data["form_key"],
            question_set=question_set,
            record=form.record(),
            by=member(request),
            now=clock.now(),
        )
    except AlreadyPublished:
        form.add_error(None, _("This interview was published meanwhile; what is public is not rewritten."))
        return False
    return True


def _page(
    request: HttpRequest, form: InterviewForm, candidacy: Candidacy, question_set: QuestionSet | None
) -> HttpResponse:
    context = {
        "form": form,
        "candidacy": candidacy,
        "question_set": question_set,
        "number": candidacy.riding_number,
        "is_lead": is_lead(request, candidacy.riding_number),
    }
    return render(request, "volunteers/workspace/interview.html", context, status=status_of(request))
