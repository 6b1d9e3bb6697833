"""The development mailbox; only in development and tests."""

from django.urls import path

from supporters.views import mailbox

app_name = "dev-mail"

urlpatterns = [
    path("", mailbox.mails, name="mails"),
    path("<str:name>/", mailbox.mail, name="mail"),
    path("<str:name>/html/", mailbox.mail_html, name="mail-html"),
]
