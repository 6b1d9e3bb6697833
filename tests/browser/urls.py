"""The site's addresses, with the style guide and the development mailbox, which production does not have."""

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
        prefix_default_language=False,
    ),
]
