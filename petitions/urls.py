"""Pages about petitions."""

from django.urls import path

from petitions.views import confirming, pages, sharing, signing, stall

app_name = "petitions"

urlpatterns = [
    path("p/<slug:code>/", sharing.go, name="go"),
    path("petitions/", pages.petition_list, name="petition-list"),
    path("petitions/confirm/<str:token>/", confirming.confirm, name="confirm"),
    path("petitions/manage/<str:token>/", confirming.manage, name="manage"),
    path("petitions/<slug:slug>/", pages.petition_page, name="petition-page"),
    path("petitions/<slug:slug>/card.png", pages.card, name="card"),
    path("petitions/<slug:slug>/letter/", pages.letter, name="letter"),
    path("petitions/<slug:slug>/letter.csv", pages.letter_csv, name="letter-csv"),
    path("petitions/<slug:slug>/ridings/", pages.ridings_page, name="ridings"),
    path("petitions/<slug:slug>/sign/", signing.sign, name="sign"),
    path("petitions/<slug:slug>/signed/", sharing.signed, name="signed"),
    path("petitions/<slug:slug>/stall/", stall.stall, name="stall"),
    path("petitions/<slug:slug>/stall/end/", stall.end, name="stall-end"),
    path("petitions/<slug:slug>/thanks/", signing.thanks, name="thanks"),
]
