"""Workers by pseudonym."""

from __future__ import annotations

import re
from datetime import date

from compendium.record.deliveries import Record
from compendium.record.pseudonym import worker_pseudonym

KEY = bytes(32)


def test_a_pseudonym_is_w_and_twelve_hexadecimal_digits() -> None:
    assert re.fullmatch("w_[0-9a-f]{12}", worker_pseudonym(KEY, "SW123456"))


def test_case_and_spacing_do_not_make_another_worker() -> None:
    assert worker_pseudonym(KEY, " ann  SMITH ") == worker_pseudonym(KEY, "Ann Smith")
    assert worker_pseudonym(KEY, "Ann Smyth") != worker_pseudonym(KEY, "Ann Smith")


def test_another_key_gives_other_pseudonyms() -> None:
    assert worker_pseudonym(bytes([1] * 32), "Ann Smith") != worker_pseudonym(KEY, "Ann Smith")


def test_a_worker_is_the_same_in_every_delivery_of_a_record(record: Record) -> None:
    seen = set()
    for number in range(2):
        with record.receive("f", f"{number:064}") as intake:
            seen.add(intake.worker("SW123456"))
            assert intake.worker(None) is None
            assert intake.worker("  ") is None
            intake.source_format, intake.received_on = "drawn", date(2017, 2, 3)
    assert len(seen) == 1
