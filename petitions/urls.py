"""Pages about petitions."""

from django.urls import path

from petitions.views import signing

app_name = "petitions"

urlpatterns = [
    path("petitions/<slug:slug>/sign/", signing.sign, name="sign"),
    path("petitions/<slug:slug>/thanks/", signing.thanks, name="thanks"),
    path("petitions/<slug:slug>/", signing.sign, name="petition-page"),
]
