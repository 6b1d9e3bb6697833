"""Pages about the campaign."""

from django.urls import path

from campaign.views import coalition, contact

app_name = "campaign"

urlpatterns = [
    path("coalition/", coalition.coalition, name="coalition"),
    path("coalition/join/", coalition.join, name="join"),
    path("coalition/join/thanks/", coalition.thanks, name="join-thanks"),
    path("contact/", contact.contact, name="contact"),
    path("contact/thanks/", contact.thanks, name="contact-thanks"),
]
