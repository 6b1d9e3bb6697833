"""Pages behind the links in reminders to vote."""

from django.urls import path

from pledges.views import voting

app_name = "voting"

urlpatterns = [
    path("voted/<str:token>/", voting.voted, name="voted"),
    path("stop/<str:token>/", voting.stop, name="stop"),
]
