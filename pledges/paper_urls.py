"""Pledges on paper: cards, sheets, keying in."""

from django.urls import path

from pledges.views import paper

app_name = "paper"

urlpatterns = [
    path("cards/", paper.cards, name="cards"),
    path("paper/<int:number>/", paper.key, name="key"),
    path("paper/<int:number>/upload/", paper.upload, name="upload"),
    path("paper/confirm/<str:token>/", paper.confirm, name="confirm"),
]
