"""The local stack: everything the site needs on one machine, started and stopped by one command.

It knows programs, not apps. `LocalStack` is for tests that want the real processes.
"""

from coop4canada.local.errors import AlreadyRunning, Cancelled, LocalError
from coop4canada.local.ports import free_port
from coop4canada.local.stack import LocalStack

__all__ = ["AlreadyRunning", "Cancelled", "LocalError", "LocalStack", "free_port"]
