"""Addresses of polls and of giving for them."""

from django.urls import URLPattern, path

from polls.views import gifts, giving, projects, results

app_name = "polls"
urlpatterns: list[URLPattern] = [
    path("", projects.projects, name="list"),
    path("projects/<int:pk>/", projects.project, name="project"),
    path("give/", giving.give, name="give"),
    path("give/cancelled/", giving.cancelled, name="give-cancelled"),
    path("projects/<int:pk>/give/", giving.give_for, name="give-for"),
    path("gifts/back/<uuid:number>/", gifts.back, name="gift-back"),
    path("gifts/<str:token>/", gifts.gift, name="gift"),
    path("gifts/<str:token>/take-back/", gifts.take_back, name="take-back"),
    path("mend-card/<str:token>/", gifts.mend, name="mend-card"),
    path("<int:pk>/", results.poll, name="poll"),
    path("<int:pk>/readings.csv", results.poll_readings, name="poll-readings"),
]
