"""Entering a poll: by table and by form, wholly or not at all."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from polls.models import Poll, PollQuestion, PollReading
from polls.rules.readings_table import read_readings
from polls.services.entering import PollLocked, import_readings
from supporters.models import User
from tests.polls import polling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]

GOOD = """question,basis,group,answer,share,base
1,all,,CPC,40 %,600
1,all,,LPC,0.35,600
1,all,,undecided,25 %,600
"""
BAD = GOOD + "1,all,,NDP,42,600\n1,some,,NDP,1 %,600\n"


def stored(poll: Poll) -> list[tuple[str, str, str, float, int | None]]:
    rows = PollReading.objects.filter(question__poll=poll).select_related("party").order_by("pk")
    return [
        (row.basis, row.group, row.party.code if row.party else row.answer, row.share, row.base_count)
        for row in rows
    ]


FOUND = [("all", "", "CPC", 0.4, 600), ("all", "", "LPC", 0.35, 600), ("all", "", "undecided", 0.25, 600)]


def test_a_table_takes_the_place_of_what_was_there() -> None:
    poll = polling.draft()
    for _time in range(2):
        report = import_readings(poll=poll, text=GOOD)
        assert (report.problems, report.question_count) == ((), 1)
        assert stored(poll) == FOUND


def test_questions_that_a_table_does_not_name_keep_their_readings() -> None:
    poll = polling.draft()
    second = polling.question(poll, place=2, is_vote_intention=False)
    polling.readings(second, "all", {"CPC": 1.0})
    import_readings(poll=poll, text=GOOD)
    assert PollReading.objects.filter(question=second).count() == 1


@pytest.mark.parametrize(
    "text", [BAD, GOOD.replace("40 %", "45 %"), GOOD.replace("600", "601"), "", "a,b\n1,2\n"]
)
def test_a_table_with_anything_wrong_changes_nothing(text: str) -> None:
    poll = polling.draft()
    before = stored(poll)
    assert import_readings(poll=poll, text=text).problems
    assert stored(poll) == before


def test_a_published_poll_takes_no_table() -> None:
    poll = polling.published()
    with pytest.raises(PollLocked):
        import_readings(poll=poll, text=GOOD)


def post_table(client: Client, poll: Poll, text: str, **more: str) -> Any:
    file = SimpleUploadedFile("table.csv", text.encode(), "text/csv")
    return client.post(reverse("admin:polls_poll_import", args=[poll.pk]), {"file": file, **more})


def test_organizers_first_try_a_table(organizer_client: Client) -> None:
    poll = polling.draft()
    before = stored(poll)
    answer = post_table(organizer_client, poll, GOOD, **{"try": "1"})
    assert answer.status_code == 200
    assert "The table is right: 3 readings" in answer.content.decode()
    assert stored(poll) == before
    assert post_table(organizer_client, poll, GOOD).status_code == 303
    assert stored(poll) == FOUND


def test_organizers_are_told_every_wrong_line(organizer_client: Client) -> None:
    poll = polling.draft()
    answer = post_table(organizer_client, poll, BAD)
    assert answer.status_code == 422
    assert answer.context["report"].problems == (
        "Line 5: it is not clear whether these are percents: write 42 % or 0.42, or name the column share_percent (“42”).",
        "Line 6: the basis is all, leaning or decided (“some”).",
    )
    assert organizer_client.post(reverse("admin:polls_poll_import", args=[poll.pk])).status_code == 422


def test_the_template_is_a_table_that_can_be_filled_in(organizer_client: Client) -> None:
    poll = polling.draft()
    text = organizer_client.get(reverse("admin:polls_poll_template", args=[poll.pk])).content.decode()
    lines = text.splitlines()
    assert lines[0] == "\ufeffquestion,basis,group,answer,share_percent,base"
    assert lines[1].startswith("1,all,,")
    filled = "\n".join([lines[0], *(line.replace(",,", ",,", 1)[:-2] + ",0,600" for line in lines[1:])])
    _rows, problems = read_readings(
        filled,
        questions=[1],
        parties=[line.split(",")[3] for line in lines[1:] if line.split(",")[3].isupper()],
    )
    assert problems == ()


def fields_of(question: PollQuestion, rows: list[dict[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "place": 1, "is_vote_intention": "on", "wording_en": "Whom?", "wording_fr": "Qui ?",
        "readings-TOTAL_FORMS": len(rows), "readings-INITIAL_FORMS": 0,
    }  # fmt: skip
    for number, row in enumerate(rows):
        fields |= {f"readings-{number}-{name}": value for name, value in row.items()}
        fields[f"readings-{number}-question"] = question.pk
    return fields


@pytest.fixture
def bare() -> PollQuestion:
    poll = polling.draft()
    PollReading.objects.filter(question__poll=poll).delete()
    return poll.questions.get()


def test_readings_are_typed_in_a_table_of_the_form(organizer_client: Client, bare: PollQuestion) -> None:
    rows = [{"basis": "all", "answer": "undecided", "share": "42 %", "base_count": 600},
            {"basis": "all", "answer": "refused", "share": "0.58", "base_count": 600}]  # fmt: skip
    address = reverse("admin:polls_pollquestion_change", args=[bare.pk])
    assert organizer_client.post(address, fields_of(bare, rows)).status_code == 302
    assert [row[3] for row in stored(bare.poll)] == [0.42, 0.58]
    assert "42 %" in organizer_client.get(address).content.decode()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"basis": "all", "answer": "undecided", "share": "42"}], "Is that percents? Write 42 % or 0.42."),
        ([{"basis": "all", "answer": "undecided", "share": "much"}], "Write a share between 0 and 100 %"),
        ([{"basis": "all", "answer": "", "share": "42 %"}], "Choose a party or another answer, not both."),
        ([{"basis": "all", "answer": "undecided", "share": "42 %"}] * 2, "An answer of a group stands here twice."),
    ],
)  # fmt: skip
def test_readings_that_cannot_be_are_refused_and_kept_in_the_form(
    organizer_client: Client, bare: PollQuestion, rows: list[dict[str, Any]], said: str
) -> None:
    address = reverse("admin:polls_pollquestion_change", args=[bare.pk])
    answer = organizer_client.post(address, fields_of(bare, rows))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert stored(bare.poll) == []


def test_the_page_of_a_draft_says_what_is_missing_and_what_is_odd(organizer_client: Client) -> None:
    poll = polling.draft(sponsor="", margin_of_error=0.05)
    gate = organizer_client.get(reverse("admin:polls_poll_change", args=[poll.pk])).context["gate"]
    assert [refusal.code for refusal in gate.refusals] == ["sponsor"]
    assert gate.warnings == (
        "The margin of error is not that of the sample: the firm says ±5.0\u00a0%, the sample gives ±4.0\u00a0%.",
    )


def test_what_is_published_is_only_looked_at(organizer_client: Client) -> None:
    poll = polling.published()
    address = reverse("admin:polls_poll_change", args=[poll.pk])
    question = reverse("admin:polls_pollquestion_change", args=[poll.questions.get().pk])
    for page in (address, question):
        assert organizer_client.get(page).status_code == 200
        assert organizer_client.post(page, {"firm": "Else"}).status_code == 403
    assert organizer_client.post(reverse("admin:polls_poll_delete", args=[poll.pk])).status_code == 403
    poll.refresh_from_db()
    assert poll.firm == "Oraclepoll"


def test_organizers_retract_with_a_reason_in_both_languages(organizer_client: Client) -> None:
    poll = polling.published()
    address = reverse("admin:polls_poll_retract", args=[poll.pk])
    assert organizer_client.get(address).status_code == 200
    assert organizer_client.post(address, {"reason_en": "Wrong"}).status_code == 422
    assert organizer_client.post(address, {"reason_en": "Wrong", "reason_fr": "Erroné"}).status_code == 303
    poll.refresh_from_db()
    assert (poll.state, poll.retraction_fr) == ("retracted", "Erroné")


PAGES = ["change", "publish", "retract", "import", "template"]


@pytest.mark.parametrize("page", PAGES)
def test_only_who_may_change_polls_gets_at_them(page: str, client: Client, organizer: User) -> None:
    poll = polling.draft()
    address = reverse(f"admin:polls_poll_{page}", args=[poll.pk])
    assert client.post(address).status_code == 302
    helper = User.objects.create_user("helper@example.org", "a long pass phrase", is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="view_petition"))
    client.force_login(helper)
    assert client.post(address).status_code == 403
    poll.refresh_from_db()
    assert poll.state == "draft"


def test_the_command_loads_a_table_or_says_why_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    poll, file = polling.draft(), tmp_path / "table.csv"
    before = stored(poll)
    file.write_text(GOOD)
    call_command("import_poll", str(poll.pk), str(file), "--dry-run")
    assert stored(poll) == before
    call_command("import_poll", str(poll.pk), str(file))
    assert stored(poll) == FOUND
    assert "3 readings of 1 questions are loaded." in capsys.readouterr().out
    file.write_text(BAD)
    with pytest.raises(CommandError, match=r"(?s)Line 5.*Line 6.*Nothing was changed"):
        call_command("import_poll", str(poll.pk), str(file))
    with pytest.raises(CommandError, match="no poll 0"):
        call_command("import_poll", "0", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_poll", str(poll.pk), str(tmp_path / "none.csv"))


def test_the_commands_publish_and_retract(capsys: pytest.CaptureFixture[str]) -> None:
    poll = polling.draft()
    call_command("publish_poll", str(poll.pk))
    with pytest.raises(CommandError, match="a reason is empty"):
        call_command("retract_poll", str(poll.pk), "--reason-en", " ", "--reason-fr", "Erroné")
    call_command("retract_poll", str(poll.pk), "--reason-en", "Wrong", "--reason-fr", "Erroné")
    poll.refresh_from_db()
    assert poll.state == "retracted"
    for name, more in (("publish_poll", []), ("retract_poll", ["--reason-en", "a", "--reason-fr", "b"])):
        with pytest.raises(CommandError, match="no poll 0"):
            call_command(name, "0", *more)
    with pytest.raises(CommandError, match="it is not published"):
        call_command("retract_poll", str(polling.draft().pk), "--reason-en", "a", "--reason-fr", "b")
