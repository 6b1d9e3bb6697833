"""Pages of the phone team, under /volunteer/phone/: for callers, and the board for its captains."""

from django.urls import path

from volunteers.views import board, phone

app_name = "phone"

urlpatterns = [
    path("", phone.start, name="start"),
    path("next/", phone.begin, name="next"),
    path("help/", phone.ask_help, name="help"),
    path("leaderboard/", phone.show_me, name="leaderboard"),
    path("call/<uuid:lease>/", phone.call, name="call"),
    path("call/<uuid:lease>/dial/", phone.ring, name="dial"),
    path("call/<uuid:lease>/outcome/", phone.outcome, name="outcome"),
    path("call/<uuid:lease>/skip/", phone.skip, name="skip"),
    path("board/", board.board, name="board"),
    path("board/now/", board.board_now, name="board-now"),
    path("board/duty/", board.duty, name="duty"),
    path("board/lists/<int:pk>/", board.steer_list, name="steer-list"),
    path("board/help/<int:pk>/", board.help_request, name="help-request"),
    path("board/callers/<int:pk>/suspend/", board.suspend, name="suspend"),
]
