"""Sealed blobs: what goes in comes out, and nothing else opens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.errors import StoreError
from compendium.record.deliveries import Record
from compendium.record.keys import Keys
from compendium.record.store import Store
from compendium.workspace import Workspace
from tests.record.drawn import deliver

STORE = Store(Keys.derived(bytes(range(32))))
CONTENT = b"child 100023, referred on 3 January 2017"


@given(st.binary(max_size=200))
def test_what_is_sealed_opens(content: bytes) -> None:
    assert STORE.open("000001/referral", STORE.seal("000001/referral", content)) == content


def test_the_same_content_is_never_sealed_the_same_way_twice() -> None:
    assert STORE.seal("a", CONTENT) != STORE.seal("a", CONTENT)


@given(st.integers(min_value=0, max_value=len(STORE.seal("a", CONTENT)) - 1), st.integers(1, 255))
def test_any_byte_changed_is_noticed(place: int, change: int) -> None:
    blob = bytearray(STORE.seal("a", CONTENT))
    blob[place] ^= change
    with pytest.raises(StoreError):
        STORE.open("a", bytes(blob))


@given(st.integers(min_value=0, max_value=len(STORE.seal("a", CONTENT)) - 1))
def test_a_blob_cut_short_is_noticed(length: int) -> None:
    with pytest.raises(StoreError, match="damaged"):
        STORE.open("a", STORE.seal("a", CONTENT)[:length])


def test_a_blob_in_the_place_of_another_does_not_open() -> None:
    with pytest.raises(StoreError, match="damaged or has been changed"):
        STORE.open("000002/referral", STORE.seal("000001/referral", CONTENT))


def test_a_damaged_table_is_named(workspace: Workspace, record: Record) -> None:
    info = deliver(record, "2017-02-03", [("person", "person_id sex\n a F")])
    path = workspace.record_folder / "deliveries" / info.delivery_id / "person"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(StoreError) as fault:
        record.as_at()
    assert fault.value.where.file == f"{info.delivery_id}/person"


def test_a_table_that_was_taken_away_is_named(workspace: Workspace, record: Record) -> None:
    info = deliver(record, "2017-02-03", [("person", "person_id sex\n a F")])
    path = workspace.record_folder / "deliveries" / info.delivery_id / "person"
    path.unlink()
    with pytest.raises(StoreError, match="cannot be read") as fault:
        record.as_at()
    assert fault.value.where.file == str(path)
