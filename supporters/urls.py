"""Pages that links in mails open, and a person's own data."""

from django.urls import path

from supporters.views import correspondents, mail, my_data

app_name = "supporters"

urlpatterns = [
    path("mail/unsubscribe/<str:token>/", mail.unsubscribe, name="unsubscribe"),
    path("mail/not-me/<str:token>/", mail.not_me, name="not-me"),
    path("my-data/", my_data.ask, name="my-data"),
    path("my-data/erased/", my_data.erased, name="my-data-erased"),
    path("my-data/address/<str:token>/", correspondents.show, name="address-data"),
    path("my-data/address/<str:token>/my-data.json", correspondents.download, name="address-data-download"),
    path("my-data/<str:token>/", my_data.show, name="my-data-page"),
    path("my-data/<str:token>/my-data.json", my_data.download, name="my-data-download"),
    path("my-data/<str:token>/<int:person>/correct/", my_data.correct, name="my-data-correct"),
    path("my-data/<str:token>/<int:person>/consents/", my_data.consents, name="my-data-consents"),
    path("my-data/<str:token>/<int:person>/erase/", my_data.erase, name="my-data-erase"),
]
