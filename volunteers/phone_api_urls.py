"""What the caller's page asks while it is open."""

from django.urls import path

from volunteers.views import calls_api

app_name = "phone-api"

urlpatterns = [
    path("next/", calls_api.next_call, name="next"),
    path("dial/", calls_api.dial_call, name="dial"),
    path("heartbeat/", calls_api.keep_call, name="heartbeat"),
    path("outcome/", calls_api.end_call, name="outcome"),
    path("skip/", calls_api.skip_call, name="skip"),
]
