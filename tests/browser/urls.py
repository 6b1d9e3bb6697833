"""The site's addresses, with the style guide, the development mailbox and the trial provider: production has none of them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from coop4canada import urls, views

handler400 = urls.handler400
handler404 = urls.handler404
handler500 = urls.handler500

urlpatterns = [
    *urls.urlpatterns,
    *i18n_patterns(
        path("styleguide/", views.styleguide, name="styleguide"),
        path("dev/mail/", include("supporters.dev_urls")),
        path("dev/pay/", include("polls.trial.urls")),
        prefix_default_language=False,
    ),
]
