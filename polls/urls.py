"""Addresses of polls and of giving for them."""

from django.urls import URLPattern, path

from polls.views import results

app_name = "polls"
urlpatterns: list[URLPattern] = [
    path("<int:pk>/", results.poll, name="poll"),
    path("<int:pk>/readings.csv", results.poll_readings, name="poll-readings"),
]
