"""The trial provider's pages; only where it takes the cards, and never in production."""

from django.urls import path

from polls.trial import views

app_name = "trial-pay"

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("<slug:ref>/", views.page, name="page"),
]
