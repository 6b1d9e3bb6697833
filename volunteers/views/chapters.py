"""Chapters in public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from coop4canada.kit.http import public_page
from volunteers import queries


@public_page
def chapter_list(request: HttpRequest) -> HttpResponse:
    """List the chapters with their unity candidates."""
    return render(request, "volunteers/list.html", {"chapters": queries.chapter_list()})


@public_page
def chapter(request: HttpRequest, number: int) -> HttpResponse:
    """Show how far a chapter is, its candidates, and why it decided as it did."""
    page = queries.chapter_page(number)
    if page is None:
        raise Http404
    return render(request, "volunteers/chapter.html", {"page": page})


@public_page
def answers(request: HttpRequest, number: int) -> HttpResponse:
    """Show what the candidates answered, side by side."""
    page = queries.answers_page(number)
    if page is None:
        raise Http404
    return render(request, "volunteers/answers.html", {"page": page})
