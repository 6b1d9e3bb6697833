"""Asking for a new map, and computing it: many askings, one run.

A request is a row that commits together with the change it speaks of. Whoever computes holds an advisory
lock, notes the waiting requests *before* reading the inputs, and reads again if more came meanwhile, so a
published map never mixes two states. docs/algorithms/recompute.md tells the whole story.
"""

import datetime as dt
import logging
from dataclasses import asdict

from django.db import transaction
from django.db.models import Max, Min

from coop4canada.kit.db import advisory_lock
from coop4canada.kit.jobs import enqueue
from ridings.models import ClassificationRun, ClassOverride, RecomputeRequest, Riding, RidingVerdict
from ridings.queries.inputs import MapInputs, NotReady, map_inputs
from ridings.queries.runs import last_published_run, last_run
from ridings.rules.classification import METHOD_VERSION, Verdict
from ridings.rules.colour_document import colour_document, colour_version, count_classes
from ridings.rules.damping import Held
from ridings.rules.parameters import PivotalParameters
from ridings.services.classify import Computed, apply_overrides, compute, damp

logger = logging.getLogger(__name__)

# Askings within this time of each other share one run …
DEBOUNCE_SECONDS = 2
# … but nobody waits longer than this because others keep asking.
LONGEST_WAIT_SECONDS = 10
# Under a constant stream of changes the map is published after so many readings all the same.
MAX_READINGS = 5
MAX_CAUSE_LENGTH = 300


def request_recompute(*, cause: str) -> None:
    """Ask for the map to be computed anew; joins the caller's transaction.

    The row is the request; the job is only its wake-up, so a lost job is found by the sweep.

    Args:
        cause: what changed, in a few words, kept with the run.
    """
    RecomputeRequest.objects.create(cause=cause[:MAX_CAUSE_LENGTH])
    enqueue("ridings.tasks.recompute_map", delay_seconds=DEBOUNCE_SECONDS)


def sweep_recompute_requests(*, at: dt.datetime) -> None:
    """End overrides that expired, and wake the job for requests whose own wake-up was lost."""
    with transaction.atomic():
        if ClassOverride.objects.filter(ended_at__isnull=True, expires_at__lte=at).update(ended_at=at):
            request_recompute(cause="override expired")
    lost_since = at - dt.timedelta(seconds=DEBOUNCE_SECONDS)
    if RecomputeRequest.objects.filter(done_at__isnull=True, created_at__lte=lost_since).exists():
        enqueue("ridings.tasks.recompute_map")


def recompute_map(*, at: dt.datetime, at_once: bool = False) -> ClassificationRun | None:
    """Compute the map if anyone asked; safe to call any number of times at once.

    Args:
        at: the present moment.
        at_once: compute even if requests still come in; otherwise the last one's own wake-up does.

    Returns: the run, or None if nobody asked, nothing differs from the last run, or data is missing.
    """
    with advisory_lock("ridings.recompute_map"), transaction.atomic():
        if not at_once and _still_coming(at):
            return None
        requests, inputs = _stable_inputs(at)
        if not requests:
            return None
        run = _run(inputs, cause="; ".join(dict.fromkeys(requests.values())), at=at) if inputs else None
        RecomputeRequest.objects.filter(pk__in=requests).update(done_at=at)
        return run


def _still_coming(at: dt.datetime) -> bool:
    waiting = RecomputeRequest.objects.filter(done_at__isnull=True)
    times = waiting.aggregate(oldest=Min("created_at"), newest=Max("created_at"))
    if times["newest"] is None:
        return False
    newest: dt.datetime = times["newest"]
    oldest: dt.datetime = times["oldest"]
    is_fresh = at - newest < dt.timedelta(seconds=DEBOUNCE_SECONDS)
    return is_fresh and at - oldest < dt.timedelta(seconds=LONGEST_WAIT_SECONDS)


def _stable_inputs(at: dt.datetime) -> tuple[dict[int, str], MapInputs | None]:
    """Return the waiting requests {pk: cause} and inputs read after the last of them committed."""
    requests = _waiting()
    inputs = None
    for _reading in range(MAX_READINGS if requests else 0):
        try:
            inputs = map_inputs(at=at)
        except NotReady as error:
            logger.warning("the map cannot be computed: %s", error)
            return requests, None
        seen, requests = requests, _waiting()
        if seen.keys() == requests.keys():
            break
    return requests, inputs


def _waiting() -> dict[int, str]:
    return dict(
        RecomputeRequest.objects.filter(done_at__isnull=True).order_by("pk").values_list("pk", "cause")
    )


def _run(inputs: MapInputs, *, cause: str, at: dt.datetime) -> ClassificationRun | None:
    before = last_run()
    if before and before.inputs_digest == inputs.digest(METHOD_VERSION):
        return None
    computed = compute(inputs)
    damped, held = _damped(computed, inputs, before)
    # Local polls show at once, and damping goes on beside them as if they were not there.
    verdicts = apply_overrides({**damped, **computed.polled}, inputs.overrides)
    run = _record(inputs, verdicts, before, cause=cause, at=at)
    _record_verdicts(run, verdicts, computed.verdicts, held)
    return run


def _damped(
    computed: Computed, inputs: MapInputs, before: ClassificationRun | None
) -> tuple[dict[int, Verdict], dict[int, Held]]:
    """Return what to show after damping; it only reaches back to a run of the same method and boundaries."""
    limits = inputs.parameters
    if not isinstance(limits, PivotalParameters):
        return dict(computed.regional), {}
    comparable = before and (before.method, before.boundary_set_id) == (inputs.method, inputs.boundary_set.pk)
    past = _held(before) if before and comparable else {}
    is_news = before is None or before.damped_digest != inputs.damped_digest(METHOD_VERSION)
    pairs = {
        number: damp(verdict, past.get(number), limits, is_news=is_news)
        for number, verdict in computed.regional.items()
    }
    return {n: pair[0] for n, pair in pairs.items()}, {n: pair[1] for n, pair in pairs.items()}


def _held(run: ClassificationRun) -> dict[int, Held]:
    rows = run.verdicts.values_list("riding__number", "numbers")
    return {number: Held(**numbers["held"]) for number, numbers in rows if "held" in numbers}


def _record(
    inputs: MapInputs,
    verdicts: dict[int, Verdict],
    before: ClassificationRun | None,
    *,
    cause: str,
    at: dt.datetime,
) -> ClassificationRun:
    classes = {number: verdict.kind for number, verdict in verdicts.items()}
    version = colour_version(classes, inputs.legend)
    published = last_published_run()
    is_news = published is None or published.document_version != version
    return ClassificationRun.objects.create(
        created_at=at,
        published_at=at if is_news else None,
        cause=cause[:MAX_CAUSE_LENGTH],
        boundary_set=inputs.boundary_set,
        election=inputs.election,
        method=inputs.method,
        method_version=METHOD_VERSION,
        parameters=asdict(inputs.parameters),
        polls_as_of=inputs.polls_as_of,
        inputs_digest=inputs.digest(METHOD_VERSION),
        damped_digest=inputs.damped_digest(METHOD_VERSION),
        counts=count_classes(classes),
        diff=_diff(before, inputs, verdicts),
        document=colour_document(classes, inputs.legend, generated_at=at) if is_news else "",
        document_version=version,
    )


def _diff(
    before: ClassificationRun | None, inputs: MapInputs, verdicts: dict[int, Verdict]
) -> list[dict[str, str | int]]:
    """Return what changed class since the last run; FED numbers of another boundary set are not compared."""
    if before is None or before.boundary_set_id != inputs.boundary_set.pk:
        return []
    old = dict(before.verdicts.values_list("riding__number", "riding_class"))
    return [
        {"number": number, "from": old[number], "to": verdict.kind, "reason": verdict.reasons[0].code}
        for number, verdict in sorted(verdicts.items())
        if number in old and old[number] != verdict.kind
    ]


def _record_verdicts(
    run: ClassificationRun, verdicts: dict[int, Verdict], computed: dict[int, Verdict], held: dict[int, Held]
) -> None:
    keys = dict(Riding.objects.filter(boundary_set=run.boundary_set_id).values_list("number", "pk"))
    RidingVerdict.objects.bulk_create(
        RidingVerdict(
            run=run,
            riding_id=keys[number],
            riding_class=verdict.kind,
            computed_class=computed[number].kind,
            reasons=[asdict(reason) for reason in verdict.reasons],
            numbers={**verdict.numbers, **({"held": asdict(held[number])} if number in held else {})},
        )
        for number, verdict in verdicts.items()
    )
