"""Pages about recommendation rounds, and the ballots behind mailed links."""

from django.urls import path

from pledges.views import ballots, recommendations

app_name = "recommendations"

urlpatterns = [
    path("", recommendations.rounds, name="list"),
    path("ballot/<str:token>/", ballots.ballot, name="ballot"),
    path("ballot/<str:token>/in/", ballots.ballot_in, name="ballot-in"),
    path("<int:number>/", recommendations.round_page, name="page"),
    path("<int:number>/<int:pk>/", recommendations.round_page, name="round"),
    path("<int:number>/<int:pk>/ballots.json", recommendations.ballot_file, name="file"),
]
