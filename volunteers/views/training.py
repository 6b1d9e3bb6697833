"""Courses: the material, and the quiz that opens doors and calls."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from coop4canada.kit import clock
from coop4canada.kit.http import see_other
from supporters.doors import signed_in
from volunteers.enums import Channel
from volunteers.queries.learning import CoursePage, course_page, course_rows
from volunteers.services.training import take_quiz
from volunteers.views.doors import member

# More digits are no number of an answer; the database would not read them.
LONGEST_ID = 18


@signed_in
def courses(request: HttpRequest) -> HttpResponse:
    """List the courses and where the reader stands."""
    return render(request, "volunteers/teams/courses.html", {"courses": course_rows(member(request))})


@signed_in
def course(request: HttpRequest, channel: str) -> HttpResponse:
    """Show the material and the quiz; explain what was answered wrongly, and let people try again at once."""
    if channel not in Channel.values:
        raise Http404
    page = course_page(member(request), Channel(channel))
    if page is None:
        raise Http404
    chosen = _chosen(request, page) if request.method == "POST" else {}
    wrong: tuple[int, ...] = ()
    if request.method == "POST":
        result = take_quiz(user=member(request), course=page.course, chosen=chosen, now=clock.now())
        if result.certificate:
            return see_other(request.path)
        wrong = result.wrong
    ticked = [answer for answers in chosen.values() for answer in answers]
    context = {"page": page, "wrong": wrong, "ticked": ticked}
    return render(request, "volunteers/teams/course.html", context, status=422 if wrong else 200)


def _chosen(request: HttpRequest, page: CoursePage) -> dict[int, list[int]]:
    """Return what was ticked: {question: answers}; garbled values are no answers."""
    return {
        asked.pk: [
            int(text)
            for text in request.POST.getlist(f"q{asked.pk}")
            if text.isdecimal() and len(text) <= LONGEST_ID
        ]
        for asked in page.quiz
    }
