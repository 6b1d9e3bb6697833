"""Addresses of the whole site; French pages stand under /fr/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from campaign.views.coalition import logo
from coop4canada import views
from coop4canada.api import public_urls
from polls.views.provider_events import provider_events as payment_events
from supporters.views.mail import provider_events

handler400 = "coop4canada.views.bad_request"
handler404 = "coop4canada.views.page_not_found"
handler500 = "coop4canada.views.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("proof/", views.proof, name="proof"),
    path("robots.txt", views.robots, name="robots"),
    path("api/v1/", public_urls()),
    path("", include("ridings.represent")),
    path("map/", include("ridings.map_urls")),
    path("coalition/logos/<slug:digest>.webp", logo, name="coalition-logo"),
    path("mail/events/", provider_events, name="mail-events"),
    path("polls/events/<slug:provider>/", payment_events, name="payment-events"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("privacy/", views.privacy, name="privacy"),
        path("", include("petitions.urls")),
        path("", include("supporters.urls")),
        path("account/", include("supporters.account_urls")),
        path("", include("campaign.urls")),
        path("pledge/", include("pledges.paper_urls")),
        path("pledge/", include("pledges.pledge_urls")),
        path("join-a-party/", include("pledges.urls")),
        path("volunteer/lists/", include("volunteers.list_urls")),
        path("volunteer/phone/api/", include("volunteers.phone_api_urls")),
        path("volunteer/canvass/", include("volunteers.canvass_urls")),
        path("volunteer/", include("volunteers.team_urls")),
        path("volunteer/doors/", include("volunteers.door_urls")),
        path("volunteer/phone/", include("volunteers.phone_urls")),
        path("volunteer/results/", include("volunteers.result_urls")),
        path("chapters/", include("volunteers.urls")),
        path("polls/", include("polls.urls")),
        path("recommendations/", include("pledges.recommendation_urls")),
        path("vote/", include("pledges.voting_urls")),
        path("ridings/", include("ridings.urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]

if settings.DEBUG:
    urlpatterns += i18n_patterns(
        path("styleguide/", views.styleguide, name="styleguide"),
        path("dev/mail/", include("supporters.dev_urls")),
        prefix_default_language=False,
    )
    if settings.PAYMENT_PROVIDER == "local":
        urlpatterns += i18n_patterns(
            path("dev/pay/", include("polls.trial.urls")), prefix_default_language=False
        )
