"""Workers and children by pseudonym: the same one is the same everywhere, and nobody without the key can say who."""

from __future__ import annotations

import hashlib
import hmac
import re


def worker_pseudonym(key: bytes, raw: str) -> str:
    """'w_' and 12 hexadecimal digits, from a payroll number, a registration number or a name.

    Case and spacing do not count: 'SMITH,  Ann' and 'Smith, Ann' are one worker.
    """
    settled = " ".join(raw.split()).casefold()
    return "w_" + hmac.new(key, settled.encode(), hashlib.sha256).hexdigest()[:12]


def is_pseudonym(text: str) -> bool:
    """Whether it has the form of a worker's."""
    return re.fullmatch(r"w_[0-9a-f]{12}", text) is not None


def child_pseudonym(key: bytes, raw: str) -> str:
    """'c_' and 16 hexadecimal digits, from a child's id as the record has it; spaces around it do not count."""
    return "c_" + hmac.new(key, raw.strip().encode(), hashlib.sha256).hexdigest()[:16]
