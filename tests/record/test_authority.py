"""One record holds one authority's children."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compendium.errors import DeliveryError
from compendium.record.deliveries import Record
from compendium.workspace import Workspace
from tests.record.drawn import deliver, make_workspace


def people(*spans: range, table: str = "person") -> list[tuple[str, str]]:
    columns = {
        "person": ("person_id sex", "{} F"),
        "early_help_episode": ("person_id start_date", "{} 2017-01-03"),
        "contact": ("person_id contact_date", "{} 2017-01-03"),
    }
    heading, row = columns[table]
    return [(table, "\n".join([heading, *(row.format(f"child{number}") for span in spans for number in span)]))]


PERSON = people(range(1))


def test_a_workspace_without_a_code_takes_it_from_the_first_delivery_that_has_one(record: Record) -> None:
    deliver(record, "2017-03-03", PERSON, code=None)
    assert record.authority_code is None
    deliver(record, "2017-02-03", PERSON, code="999")
    assert record.authority_code == "999"


def test_a_later_delivery_with_another_code_is_refused(record: Record) -> None:
    deliver(record, "2017-02-03", PERSON, code="999")
    with pytest.raises(DeliveryError) as fault:
        deliver(record, "2017-03-03", PERSON, code="936", file_name="theirs.xml")
    assert str(fault.value).startswith("theirs.xml: it is a delivery of authority 936\n  Expected: authority 999")
    assert "--authority 936" in fault.value.remedy
    assert len(record.deliveries()) == 1


def test_the_workspace_s_own_code_comes_first(tmp_path: Path) -> None:
    record = Record.open(make_workspace(tmp_path / "surrounded", code="999"))
    with pytest.raises(DeliveryError, match="authority 936"):
        deliver(record, "2017-02-03", PERSON, code="936")


def test_a_delivery_of_another_code_is_taken_on_purpose_and_noted(record: Record) -> None:
    deliver(record, "2017-02-03", PERSON, code="999")
    info = deliver(record, "2017-03-03", PERSON, code="936", authority="936")
    (entry,) = record.findings(info.delivery_id)
    assert entry.what == "a delivery of authority 936, taken into the record of 999 because --authority said so"
    assert (info.la_code, info.authority_override, record.authority_code) == ("936", "936", "999")


def test_a_file_that_says_otherwise_than_authority_is_refused(record: Record) -> None:
    with pytest.raises(DeliveryError, match="its authority code is 936, but --authority says 999"):
        deliver(record, "2017-02-03", PERSON, code="936", authority="999")


def test_a_format_without_a_code_is_noted(record: Record) -> None:
    first = deliver(record, "2017-02-03", PERSON, code=None)
    deliver(record, "2017-02-04", PERSON, code="999")
    second = deliver(record, "2017-02-05", PERSON, code=None)
    third = deliver(record, "2017-02-06", PERSON, code=None, authority="999")
    assert [record.findings(one.delivery_id)[0].what for one in (first, second, third)] == [
        "the file carries no authority code; taken as this workspace's",
        "the file carries no authority code; taken as authority 999's, as this workspace's",
        "the file carries no authority code; taken as authority 999's because --authority said so",
    ]


def test_published_figures_belong_to_no_authority(record: Record) -> None:
    population = [("population", "mid_year geography_code age_from age_to persons\n 2016 999 0 17 250000")]
    info = deliver(record, "2017-02-03", population, code=None)
    assert record.findings(info.delivery_id) == []


@pytest.mark.parametrize(
    ("held", "given"),
    [
        (range(100), range(80, 180)),  # 20 of 100: a fifth
        (range(1000), range(980, 1080)),  # 20 of the 100 given
        (range(100), range(80, 1080)),  # 20 of the 100 held: five years of contacts after one census
        (range(100), range(200, 219)),  # 19 ids: too few to say
        (range(19), range(200, 300)),
    ],
)
def test_a_file_without_a_code_that_shares_enough_children_is_taken(record: Record, held: range, given: range) -> None:
    deliver(record, "2017-02-03", people(held))
    deliver(record, "2017-03-03", people(given), code=None)
    assert len(record.deliveries()) == 2


@pytest.mark.parametrize(
    ("held", "given"),
    [
        (range(100), range(81, 181)),  # 19 of 100
        (range(1000), range(981, 1081)),
        (range(100), range(81, 1081)),
        (range(20), range(200, 220)),
    ],
)
def test_a_file_without_a_code_that_shares_few_children_is_questioned(
    record: Record, held: range, given: range
) -> None:
    deliver(record, "2017-02-03", people(held))
    with pytest.raises(DeliveryError, match="it may be another authority's") as fault:
        deliver(record, "2017-03-03", people(given), code=None)
    assert "--authority CODE" in fault.value.remedy
    assert "child1" not in str(fault.value)
    assert len(record.deliveries()) == 1
    deliver(record, "2017-03-03", people(given), code=None, authority="999")
    assert len(record.deliveries()) == 2


def test_children_are_looked_for_in_every_delivery(record: Record) -> None:
    deliver(record, "2017-02-03", people(range(100)))
    deliver(record, "2017-03-03", people(range(500, 600)))
    deliver(record, "2017-04-03", people(range(100), table="contact"), code=None)
    assert len(record.deliveries()) == 3


def test_children_known_from_different_deliveries_count_together(record: Record) -> None:
    deliver(record, "2017-02-03", people(range(110)))
    deliver(record, "2017-03-03", people(range(190, 300)))
    deliver(record, "2017-04-03", people(range(100, 200)), code=None)
    assert len(record.deliveries()) == 3


def test_a_delivery_with_its_code_is_not_questioned(record: Record) -> None:
    deliver(record, "2017-02-03", people(range(100)))
    deliver(record, "2017-03-03", people(range(200, 300)))
    assert len(record.deliveries()) == 2


def test_early_help_may_have_ids_of_its_own(record: Record) -> None:
    deliver(record, "2017-02-03", people(range(100)))
    deliver(record, "2017-03-03", people(range(200, 300), table="early_help_episode"), code=None)
    assert len(record.deliveries()) == 2


def test_a_refused_delivery_leaves_the_record_as_it_was(record: Record, workspace: Workspace) -> None:
    deliver(record, "2017-02-03", people(range(100)))
    before = sorted(path for path in workspace.record_folder.rglob("*"))
    with pytest.raises(DeliveryError):
        deliver(record, "2017-03-03", people(range(200, 300)), code="936")
    assert sorted(path for path in workspace.record_folder.rglob("*")) == before
    assert record.latest() == date(2017, 2, 3)
