"""Writing to the campaign."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from campaign import queries
from campaign.forms import ContactForm
from campaign.services import TooManyMessages, take_message
from coop4canada.kit import clock, proof
from coop4canada.kit.http import address_of, public_form, public_page, see_other


@public_form
def contact(request: HttpRequest) -> HttpResponse:
    """Take down a message and see that it reaches those who answer; the answer is the same for everybody."""
    topics = queries.offered_topics()
    if request.method != "POST":
        return _page(request, ContactForm(initial=_asked_topic(request), topics=topics), HTTPStatus.OK)
    form, now = ContactForm(request.POST, topics=topics), clock.now()
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    inquiry = form.inquiry(proof_key=proof.key(), address=address_of(request), now=now)
    try:
        take_message(inquiry=inquiry, now=now)
    except TooManyMessages:
        return _page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    return see_other(reverse("campaign:contact-thanks"))


@public_page
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that the message is here and what happens next."""
    return render(request, "campaign/contact_thanks.html")


def _asked_topic(request: HttpRequest) -> dict[str, str]:
    return {"topic": request.GET.get("topic", "")}


def _page(request: HttpRequest, form: ContactForm, status: HTTPStatus) -> HttpResponse:
    context = {
        "form": form,
        "opened": form.opened_stamp(clock.now()),
        "is_too_often": status == HTTPStatus.TOO_MANY_REQUESTS,
        "query": "",
    }
    return render(request, "campaign/contact.html", context, status=status)
