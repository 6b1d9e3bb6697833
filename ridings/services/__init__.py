"""Verbs that change electoral geography, votes and the map."""

from ridings.services.recompute import recompute_map, request_recompute, sweep_recompute_requests

__all__ = ["recompute_map", "request_recompute", "sweep_recompute_requests"]
