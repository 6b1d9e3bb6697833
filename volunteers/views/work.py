"""The workspace: tasks, the chapter itself, interviewers, questions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from campaign.models import active_language
from coop4canada.kit import clock
from supporters.services import AccountSwitchedOff, end_role, invite_to_role
from volunteers import queries, services
from volunteers.enums import ChapterTask
from volunteers.forms import ChapterForm, InterviewerForm, NoteForm, QuestionsForm
from volunteers.forms.chapters import OWN
from volunteers.models import Chapter
from volunteers.rules.tasks import TICKED
from volunteers.views.doors import (
    INTERVIEWER,
    back_to_work,
    chapter_or_404,
    for_chapter,
    for_lead,
    is_lead,
    member,
    status_of,
)


@for_chapter
def workspace(request: HttpRequest, number: int) -> HttpResponse:
    """Show what is next, the tasks, the candidates, and who interviews."""
    page = queries.workspace(number, is_lead=is_lead(request, number))
    if page is None:
        raise Http404
    return render(request, "volunteers/workspace/workspace.html", {"page": page})


@for_lead
def describe(request: HttpRequest, number: int) -> HttpResponse:
    """Take name, day of founding and liaison."""
    chapter = chapter_or_404(number)
    form = ChapterForm(request.POST if request.method == "POST" else None, initial=_details(chapter))
    if form.is_valid():
        services.describe_chapter(chapter=chapter, details=form.details())
        return back_to_work(number)
    context = {"form": form, "number": number}
    return render(request, "volunteers/workspace/describe.html", context, status=status_of(request))


@for_lead
def task(request: HttpRequest, number: int, task: str) -> HttpResponse:
    """Tick a task, or take the tick back."""
    chapter = chapter_or_404(number)
    if task not in TICKED:
        raise Http404
    chosen, form = ChapterTask(task), NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and "undo" in request.POST:
        services.untick_task(chapter=chapter, task=chosen)
        return back_to_work(number, "#tasks")
    if form.is_valid():
        note = form.cleaned_data["note"]
        services.tick_task(chapter=chapter, task=chosen, note=note, by=member(request), now=clock.now())
        return back_to_work(number, "#tasks")
    context = {"form": form, "number": number, "task": chosen}
    return render(request, "volunteers/workspace/task.html", context, status=status_of(request))


@for_lead
def interviewers(request: HttpRequest, number: int) -> HttpResponse:
    """Invite somebody to interview candidates."""
    chapter_or_404(number)
    form = InterviewerForm(
        request.POST if request.method == "POST" else None, initial={"language": active_language()}
    )
    if form.is_valid():
        try:
            invite_to_role(
                invitation=form.invitation(),
                riding_number=number,
                role=INTERVIEWER,
                by=member(request),
                now=clock.now(),
            )
        except AccountSwitchedOff:
            form.add_error("email", _("Nobody can be invited at this address: ask an organizer."))
        else:
            return back_to_work(number, "#interviewers")
    context = {"form": form, "number": number}
    return render(request, "volunteers/workspace/interviewers.html", context, status=status_of(request))


@for_lead
def end_interviewer(request: HttpRequest, number: int, role: int) -> HttpResponse:
    """Ask, then end the role of an interviewer of this riding."""
    chapter_or_404(number)
    holders = {holder.role_id: holder for holder in queries.interviewers_of(number)}
    if role not in holders:
        raise Http404
    if request.method != "POST":
        context = {"holder": holders[role], "number": number}
        return render(request, "volunteers/workspace/end_interviewer.html", context)
    end_role(role_id=role, now=clock.now())
    return back_to_work(number, "#interviewers")


@for_lead
def questions(request: HttpRequest, number: int) -> HttpResponse:
    """Choose a set, or write one."""
    chapter = chapter_or_404(number)
    initial = {"choice": str(chapter.question_set_id or "")}
    form = QuestionsForm(
        request.POST if request.method == "POST" else None,
        offered=queries.offered_sets(number),
        initial=initial,
    )
    if form.is_valid():
        _take_questions(chapter, form)
        return back_to_work(number)
    context = {"form": form, "number": number, "own": OWN}
    return render(request, "volunteers/workspace/questions.html", context, status=status_of(request))


def _take_questions(chapter: Chapter, form: QuestionsForm) -> None:
    if form.chosen is not None:
        services.choose_questions(chapter=chapter, question_set=form.chosen)
        return
    values = form.cleaned_data
    services.write_questions(
        chapter=chapter,
        name=values["name"],
        pairs=values["pairs"],
        language=active_language(),
        now=clock.now(),
    )


def _details(chapter: Chapter) -> dict[str, object]:
    return {
        "name": chapter.name,
        "founded_on": chapter.founded_on,
        "liaison_name": chapter.liaison_name,
        "liaison_email": chapter.liaison_email,
    }
