"""What a riding's team has done, for its members; as a file for who leads it."""

from django.urls import path

from volunteers.views import results

app_name = "results"

urlpatterns = [
    path("<int:number>/", results.team, name="team"),
    path("<int:number>/leaderboard/", results.show_me, name="leaderboard"),
    path("<int:number>/export/", results.export, name="export"),
]
