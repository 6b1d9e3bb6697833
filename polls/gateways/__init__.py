"""The door to whoever carries the money; nothing else in the project knows a provider."""

from polls.gateways.choice import card_gateway, gateway_of
from polls.gateways.port import (
    BadEvent,
    Event,
    FoundDispute,
    FoundPayment,
    FoundRefund,
    FoundSession,
    Gateway,
    GatewayDown,
    Order,
    PaymentState,
    Session,
    SessionState,
)

__all__ = [
    "BadEvent",
    "Event",
    "FoundDispute",
    "FoundPayment",
    "FoundRefund",
    "FoundSession",
    "Gateway",
    "GatewayDown",
    "Order",
    "PaymentState",
    "Session",
    "SessionState",
    "card_gateway",
    "gateway_of",
]
