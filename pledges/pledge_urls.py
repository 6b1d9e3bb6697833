"""Pages about the pledge to vote together."""

from django.urls import path

from pledges.views import own_pledge, pledging

app_name = "pledge"

urlpatterns = [
    path("", pledging.pledge_page, name="page"),
    path("make/", pledging.pledge, name="make"),
    path("thanks/", pledging.thanks, name="thanks"),
    path("pledged/", own_pledge.pledged, name="pledged"),
    path("confirm/<str:token>/", own_pledge.confirm, name="confirm"),
    path("manage/<str:token>/", own_pledge.manage, name="manage"),
    path("with/<slug:code>/", own_pledge.go, name="go"),
]
