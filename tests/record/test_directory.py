"""The names behind workers' pseudonyms: in one place, shown on record, and forgotten for good."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compendium.errors import StoreError
from compendium.record.access import AccessRecord
from compendium.record.deliveries import Record
from compendium.record.directory import Named
from compendium.record.rotation import KeyRotation
from compendium.workspace import Workspace

MARY, JOHN = "Mary Plantedname", "SW-PLANTED-77"


def deliver(record: Record, day: str, *workers: str, team: str = "T01") -> str:
    """A delivery whose involvements name workers; its id."""
    with record.receive("involvement.csv", f"{day}{workers}".encode().hex().ljust(64, "0"), date.fromisoformat(day),
                        source_format="local table") as intake:  # fmt: skip
        append = intake.appender("involvement", ["person_id", "worker_id", "start_date", "team_id"])
        for number, worker in enumerate(workers):
            append((number, "a", intake.worker(worker), day, team))
    assert intake.delivery is not None
    return intake.delivery.delivery_id


def names(record: Record) -> dict[str, str]:
    return {each.name: each.since for each in record.workers.names().values()}


def pseudonym(record: Record, name: str) -> str:
    return next(each.worker_id for each in record.workers.names().values() if each.name == name)


def test_a_name_is_kept_once_with_the_delivery_that_first_gave_it(record: Record) -> None:
    first = deliver(record, "2017-02-03", MARY)
    second = deliver(record, "2017-03-03", f" {MARY.upper()}  ", JOHN)
    assert names(record) == {MARY: first, JOHN: second}


def test_a_file_that_is_refused_or_loaded_already_adds_no_name(record: Record) -> None:
    deliver(record, "2017-02-03", MARY)
    deliver(record, "2017-02-03", MARY)
    with (
        pytest.raises(RuntimeError, match="cut off"),
        record.receive("f", "0" * 64, date(2017, 3, 3), source_format="drawn") as intake,
    ):
        intake.worker(JOHN)
        raise RuntimeError("cut off")
    assert list(names(record)) == [MARY]


def test_the_tables_hold_pseudonyms_and_no_name_lies_on_the_disk(record: Record, workspace: Workspace) -> None:
    deliver(record, "2017-02-03", MARY, JOHN)
    held = record.as_at().connection.execute("SELECT worker_id FROM record.involvement ORDER BY 1").fetchall()
    assert held == [(worker,) for worker in sorted(record.workers.names())]
    for path in Path(workspace.folder).rglob("*"):
        if path.is_file():
            assert b"Planted" not in path.read_bytes() and b"PLANTED" not in path.read_bytes(), path.name


def test_the_names_of_a_team_are_given_once_it_is_on_record(record: Record, workspace: Workspace) -> None:
    first = deliver(record, "2017-02-03", MARY)
    deliver(record, "2017-02-04", JOHN, team="T02")
    access = AccessRecord.open(workspace)
    rows = record.workers.of_team(record.as_at(), "T01", access=access, who="A. Manager", why="who holds the case?")
    assert rows == [{"worker": pseudonym(record, MARY), "name": MARY, "since": first}]
    (entry,) = access.entries()
    assert (entry.what, entry.how_many, entry.why) == ("names of the workers of team T01", 1, "who holds the case?")


@pytest.mark.parametrize("by_pseudonym", [False, True])
def test_a_worker_who_is_forgotten_stays_so_when_an_old_file_is_loaded_again(
    record: Record, workspace: Workspace, by_pseudonym: bool
) -> None:
    deliver(record, "2017-02-03", MARY, JOHN)
    worker = pseudonym(record, MARY)
    assert record.forget_worker(worker if by_pseudonym else f"mary  {MARY.split()[1].upper()}")
    deliver(record, "2017-01-03", MARY)
    assert list(names(record)) == [JOHN]
    rows = record.workers.of_team(record.as_at(), "T01", access=AccessRecord.open(workspace), who="A", why="b")
    assert {row["worker"]: row["name"] for row in rows} == {worker: "", pseudonym(record, JOHN): JOHN}


def test_one_who_is_forgotten_before_any_file_names_him_is_never_kept(record: Record) -> None:
    assert not record.forget_worker(MARY)
    deliver(record, "2017-02-03", MARY)
    assert names(record) == {}


def test_a_change_that_is_cut_short_leaves_the_directory_as_it_was(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(record, "2017-02-03", MARY)

    def cut_short(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("os.replace", cut_short)
        broken.setattr("os.rename", cut_short)
        with pytest.raises(StoreError):
            record.forget_worker(MARY)
    assert list(names(record)) == [MARY]


def test_the_directory_opens_after_the_key_was_rotated_and_not_with_another(
    record: Record, workspace: Workspace
) -> None:
    deliver(record, "2017-02-03", MARY)
    worker = pseudonym(record, MARY)
    KeyRotation(workspace).rotate(lambda _: None)
    again = Record.open(workspace)
    assert again.workers.names() == {worker: Named(worker, MARY, again.deliveries()[0].delivery_id)}
    deliver(again, "2017-03-03", MARY)
    assert list(again.workers.names()) == [worker]
    assert KeyRotation(workspace).check().good
