"""Pages about the campaign."""

from django.urls import path

from campaign.views import coalition, contact, letters, pages

app_name = "campaign"

urlpatterns = [
    path("coalition/", coalition.coalition, name="coalition"),
    path("coalition/join/", coalition.join, name="join"),
    path("coalition/join/thanks/", coalition.thanks, name="join-thanks"),
    path("contact/", contact.contact, name="contact"),
    path("contact/thanks/", contact.thanks, name="contact-thanks"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<slug:code>/", letters.letter, name="letter"),
    path("plan/", pages.plan, name="plan"),
    path("toolkits/", pages.toolkits, name="toolkits"),
    path("toolkits/<slug:slug>/", pages.toolkit, name="toolkit"),
]
