"""Answers in the place of Stripe where localstripe has nothing: pages, expanded objects, lists, keys, disputes.

Written after docs.stripe.com/api, not recorded: what the real Stripe answers otherwise, it cannot tell.
"""

import copy
import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import stripe

CARDS: dict[str, dict[str, str]] = {
    "prepaid": {"country": "CA", "funding": "prepaid"},
    "foreign": {"country": "US", "funding": "credit"},
}
LATER = {"fails_later": "insufficient_funds", "asks_later": "authentication_required"}
MOST_ON_A_PAGE = 2
PLURALS = {
    "payment_intents": "payment_intent",
    "refunds": "refund",
    "disputes": "dispute",
    "sessions": "checkout.session",
}


class StripeStandIn(stripe.HTTPClient):
    """An HTTP client of the library that answers by itself. `asked` are the requests, `objects` what came of them."""

    name = "standin"

    def __init__(self) -> None:
        super().__init__()
        self.objects: dict[str, dict[str, Any]] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.headers: list[dict[str, str]] = []
        self.keys: dict[str, tuple[str, tuple[str, int]]] = {}
        self.outage = "none"
        self.now = 1_790_000_000

    def _sleep_time_seconds(self, *_arguments: Any) -> float:
        return 0.0

    def request(
        self, method: str, url: str, headers: Any, post_data: Any = None, *, _usage: Any = None
    ) -> tuple[str, int, dict[str, str]]:
        parts = urlsplit(url)
        wish = dict(parse_qsl(post_data or parts.query))
        self.asked.append((method, parts.path, wish))
        self.headers.append(dict(headers))
        if self.outage == "before":
            return json.dumps({"error": {"type": "api_error", "message": "maintenance"}}), 503, {}
        body, status = self._once(
            headers.get("Idempotency-Key") if method == "post" else None, parts.path, wish
        )
        if self.outage == "after":
            raise stripe.APIConnectionError("the answer was lost", should_retry=True)  # type: ignore[no-untyped-call]
        return body, status, {"request-id": "req_1"}

    def _once(self, key: str | None, path: str, wish: dict[str, str]) -> tuple[str, int]:
        question = json.dumps([path, wish], sort_keys=True)
        if key in self.keys:
            known, answer = self.keys[key]
            return answer if known == question else refused("idempotency_error", "other parameters", 400)
        answer = self._answer(path.removeprefix("/v1/").split("/"), wish)
        if key:
            self.keys[key] = question, answer
        return answer

    def _answer(self, path: list[str], wish: dict[str, str]) -> tuple[str, int]:
        if path == ["payment_intents"] and "amount" in wish:
            return self._charge(wish)
        if path == ["refunds"] and "amount" in wish:
            return self._refund(wish)
        if path[-1] == "detach":
            return self._detach(path[-2], wish)
        if path[-1] in PLURALS and "created[gte]" in wish:
            return self._list(PLURALS[path[-1]], wish)
        return self._made_or_found(path, wish)

    def _made_or_found(self, path: list[str], wish: dict[str, str]) -> tuple[str, int]:
        if path == ["customers"]:
            return self._shown(self.make("customer", "cus"), wish)
        if path == ["checkout", "sessions"]:
            return self._shown(self._session(wish), wish)
        if path[-1] not in self.objects:
            return refused("invalid_request_error", "No such object", 404, code="resource_missing")
        return self._shown(self.objects[path[-1]], wish)

    def make(self, kind: str, prefix: str, **fields: Any) -> dict[str, Any]:
        self.now += 1
        ref = f"{prefix}_{len(self.objects)}"
        self.objects[ref] = {"id": ref, "object": kind, "created": self.now, "metadata": {}} | fields
        return self.objects[ref]

    def pay(self, ref: str, card: str) -> None:
        """Do what Checkout does when a giver pays, or saves a card, with a trial card of the same name."""
        session = self.objects[ref]
        method = self.make(
            "payment_method", "pm", card=card_of(card), trial=card, customer=session["customer"]
        )
        if session["mode"] == "setup":
            setup = self.make("setup_intent", "seti", payment_method=method["id"])
            session |= {"status": "complete", "setup_intent": setup["id"]}
            return
        intent = self._intent(session["contribution"], session["amount"], method)
        intent |= self._outcome(intent, method, "card_declined" if card == "declined" else "")
        if card != "declined":
            session |= {"status": "complete", "payment_intent": intent["id"]}

    def _session(self, wish: dict[str, str]) -> dict[str, Any]:
        return self.make(
            "checkout.session",
            "cs",
            mode=wish["mode"],
            status="open",
            url="https://checkout.stripe.com/c/pay",
            contribution=wish["metadata[contribution]"],
            amount=int(wish.get("line_items[0][price_data][unit_amount]", "0")),
            customer=wish.get("customer"),
            metadata={"contribution": wish["metadata[contribution]"]},
            payment_intent=None,
            setup_intent=None,
        )

    def _intent(self, contribution: str, amount: int, method: dict[str, Any]) -> dict[str, Any]:
        return self.make(
            "payment_intent",
            "pi",
            amount=amount,
            metadata={"contribution": contribution},
            payment_method=method["id"],
            latest_charge=None,
            last_payment_error=None,
        )

    def _outcome(self, intent: dict[str, Any], method: dict[str, Any], refusal: str) -> dict[str, Any]:
        details = {"card": method["card"]}
        charge = self.make("charge", "ch", amount_refunded=0, payment_method_details=details)
        if refusal:
            is_code = refusal in {"authentication_required", "card_declined"}
            error = {"code": refusal} if is_code else {"code": "card_declined", "decline_code": refusal}
            return {
                "status": "requires_payment_method",
                "last_payment_error": error,
                "latest_charge": charge["id"],
            }
        fee = self.make("balance_transaction", "txn", fee=intent["amount"] * 29 // 1000 + 30, currency="cad")
        charge["balance_transaction"] = fee["id"]
        return {"status": "succeeded", "last_payment_error": None, "latest_charge": charge["id"]}

    def _charge(self, wish: dict[str, str]) -> tuple[str, int]:
        method = self.objects[wish["payment_method"]]
        if method["customer"] != wish["customer"]:
            return refused("invalid_request_error", "The card is not attached.", 400)
        intent = self._intent(wish["metadata[contribution]"], int(wish["amount"]), method)
        intent |= self._outcome(intent, method, LATER.get(method["trial"], ""))
        if (error := intent["last_payment_error"]) is None:
            return self._shown(intent, wish)
        return json.dumps({"error": {"type": "card_error", "payment_intent": intent, **error}}), 402

    def _refund(self, wish: dict[str, str]) -> tuple[str, int]:
        intent = self.objects[wish["payment_intent"]]
        charge, amount = self.objects[intent["latest_charge"]], int(wish["amount"])
        if amount > intent["amount"] - charge["amount_refunded"]:
            return refused("invalid_request_error", "More than is left.", 400)
        charge["amount_refunded"] += amount
        marks = {"key": wish["metadata[key]"]}
        refund = self.make(
            "refund", "re", amount=amount, payment_intent=intent["id"], status="succeeded", metadata=marks
        )
        return self._shown(refund, wish)

    def _detach(self, ref: str, wish: dict[str, str]) -> tuple[str, int]:
        if self.objects[ref]["customer"] is None:
            return refused("invalid_request_error", "Not attached.", 400)
        self.objects[ref]["customer"] = None
        return self._shown(self.objects[ref], wish)

    def _list(self, kind: str, wish: dict[str, str]) -> tuple[str, int]:
        least = int(wish["created[gte]"])
        found = [one for one in self.objects.values() if one["object"] == kind and one["created"] >= least]
        found.reverse()
        refs = [one["id"] for one in found]
        start = refs.index(wish["starting_after"]) + 1 if "starting_after" in wish else 0
        page = found[start : start + MOST_ON_A_PAGE]
        has_more = len(found) > start + MOST_ON_A_PAGE
        return self._shown(
            {"object": "list", "data": page, "has_more": has_more, "url": self.asked[-1][1]}, wish
        )

    def _shown(self, thing: dict[str, Any], wish: dict[str, str]) -> tuple[str, int]:
        shown = copy.deepcopy(thing)
        for name, path in wish.items():
            if name.startswith("expand["):
                self._expand(shown, path.split("."))
        return json.dumps(shown), 200

    def _expand(self, thing: Any, path: list[str]) -> None:
        if isinstance(thing, list):
            for one in thing:
                self._expand(one, path)
        elif path and isinstance(thing, dict):
            if isinstance(thing.get(path[0]), str):
                thing[path[0]] = copy.deepcopy(self.objects[thing[path[0]]])
            self._expand(thing.get(path[0]), path[1:])


def card_of(card: str) -> dict[str, str]:
    return CARDS.get(card, {"country": "CA", "funding": "credit"})


def refused(kind: str, message: str, status: int, code: str = "") -> tuple[str, int]:
    return json.dumps({"error": {"type": kind, "message": message, "code": code}}), status
