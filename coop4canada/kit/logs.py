"""Structured logs: one JSON object a line."""

import json
import logging
import re
from datetime import UTC, datetime

_POSTAL_CODE_IN_PATH = re.compile(r"(/postcodes/)[^/\s\"]+")
# What `kit.signing.seal` makes: values, time and signature, which let whoever reads them act for somebody.
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{40,}")
# Keys of Stripe, and the secrets of its notices.
_STRIPE_KEY = re.compile(r"\b(?:[rs]k_(?:live|test)|whsec)_\w+")


class WithoutSecrets(logging.Filter):
    """Takes postal codes and the tokens of our links out of logged addresses, and a provider's keys out of everything."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask `/postcodes/<code>`, tokens and keys in the message; every record passes."""
        message = record.getMessage()
        masked = _STRIPE_KEY.sub("…", _TOKEN.sub("…", _POSTAL_CODE_IN_PATH.sub(r"\1…", message)))
        if masked != message:
            record.msg, record.args = masked, ()
        return True


class JsonFormatter(logging.Formatter):
    """Write a record as one line of JSON; a trace goes into the field `trace`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)
