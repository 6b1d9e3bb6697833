"""A published poll moves the map through the real worker within a minute; retracted, the map is what it was."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from coop4canada.local import LocalStack
from coop4canada.local.ports import free_port
from tests.stack.test_recovery import RECOVERY_SECONDS, wait_for

pytestmark = [pytest.mark.stack, pytest.mark.enable_socket, pytest.mark.xdist_group("recovery")]

# A poll without any doubt makes of a close riding one that cooperation does not decide.
DRAFT = """
from polls.models import PollQuestion, PollReading
from ridings.models import Riding
from tests.polls import polling

poll = polling.draft(
    riding=Riding.objects.get(boundary_set__status="live", number={number}),
    contacted_count=50000, sample_size=5000, margin_of_error=0.0139,
)
PollReading.objects.filter(question__poll=poll).delete()
polling.readings(poll.questions.get(), "leaning", {{"CPC": 0.05, "LPC": 0.90, "NDP": 0.05}}, base_count=5000)
print("poll", poll.pk)
"""


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    with LocalStack(tmp_path_factory.mktemp("site"), port=free_port()) as stack:
        stack.manage("migrate")
        stack.manage("load_demo", "--fixtures-only")
        stack.start("web", "worker", "beat")
        yield stack


def document(stack: LocalStack) -> dict[str, Any]:
    """Return what the map shows; only the moment of its making may differ."""
    with urllib.request.urlopen(f"{stack.url}api/v1/map/colours", timeout=10) as answer:
        found: dict[str, Any] = json.load(answer)
    del found["generated_at"]
    return found


def test_a_poll_moves_the_map_and_its_retraction_restores_it(stack: LocalStack) -> None:
    before = document(stack)
    number = min(number for number, kind in before["classes"].items() if kind == "swing")
    poll = stack.manage("shell", "-c", DRAFT.format(number=number)).split()[-1]

    stack.manage("publish_poll", poll)
    wait_for(lambda: document(stack)["classes"][number] != "swing", RECOVERY_SECONDS)
    moved = document(stack)
    with urllib.request.urlopen(f"{stack.url}api/v1/ridings/{number}", timeout=10) as answer:
        riding = json.load(answer)
    stack.manage("retract_poll", poll, "--reason-en", "Wrong weights", "--reason-fr", "Erroné")
    wait_for(lambda: document(stack) == before, RECOVERY_SECONDS)

    assert {key for key in before["classes"] if before["classes"][key] != moved["classes"][key]} == {number}
    assert any("Oraclepoll" in reason for reason in riding["reasons_en"])
    assert [entry["firm"] for entry in riding["polls"]] == ["Oraclepoll"]
