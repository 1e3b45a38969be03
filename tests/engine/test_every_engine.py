"""The dialect run on every engine: what each function answers, and the traps where engines differ by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from random import Random

import pytest

from compendium.engine.dialect import read
from compendium.engine.dialect_reading import Level
from compendium.engine.engine import Engine
from compendium.errors import ComputeError
from tests.engine.engines import EVERY, opened
from tests.engine.given import AS_AT, COLUMNS, EXPRESSIONS, RELATIONS, Given

LIMIT = 10


@pytest.fixture(params=EVERY)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with opened(request.param, request.getfixturevalue) as made:
        yield made


def emitted(engine: Engine, sql: str) -> str:
    query = read(sql, RELATIONS, Level.VIEW, {"limit": "integer"})
    assert query.faults == ()
    return engine.emitter.emit(query, lambda name: ("record", name), AS_AT, {"limit": LIMIT})


def answers(engine: Engine, sql: str) -> list[tuple[object, ...]]:
    return engine.rows(emitted(engine, sql))


def test_every_function_answers_what_python_does(engine: Engine, rng: Random, full_counts: bool) -> None:
    given = [Given.drawn(rng, n) for n in range(5000 if full_counts else 500)]
    engine.store_rows("record", "given", COLUMNS, [each.row for each in given])
    asked = ", ".join(f"{expression} AS {name}" for name, expression in EXPRESSIONS.items())
    names, rows = engine.table(emitted(engine, f"SELECT g.n, {asked} FROM given AS g"))
    found = {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in rows}
    assert len(rows) == len(given)
    for each in given:
        assert found[each.n] == each.expected(LIMIT), each


TRAPS: list[tuple[int, date, date | None, datetime, datetime, str | None]] = [
    (n, day, end, datetime(2017, 1, 1), datetime(2017, 1, 1), key)
    for n, day, end, key in (
        (1, date(2017, 1, 1), None, "Z"),
        (2, date(2017, 1, 1), date(2017, 1, 2), "a"),
        (2_147_483_647, date(2017, 1, 1), date(2016, 1, 1), "é"),
        (2_147_483_646, date(2017, 1, 1), date(2018, 1, 1), "B"),
    )
]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        pytest.param("SELECT SUM(g.n) AS answer FROM given AS g GROUP BY g.a", [(4_294_967_296,)], id="sums are wide"),
        pytest.param(
            "SELECT g.n, ROW_NUMBER() OVER (ORDER BY g.b) AS place FROM given AS g",
            [(1, 4), (2, 2), (2_147_483_646, 3), (2_147_483_647, 1)],
            id="what is empty comes last",
        ),
        pytest.param(
            "SELECT g.n, ROW_NUMBER() OVER (ORDER BY g.b DESC) AS place FROM given AS g",
            [(1, 4), (2, 2), (2_147_483_646, 1), (2_147_483_647, 3)],
            id="what is empty comes last the other way round too",
        ),
        pytest.param(
            "SELECT MIN(g.key) AS least, MAX(g.key) AS most FROM given AS g GROUP BY g.a",
            [("B", "é")],
            id="texts are compared by their bytes",
        ),
        pytest.param(
            "WITH x AS (SELECT 'b' AS k, g.n FROM given AS g UNION ALL SELECT 'A' AS k, g.n FROM given AS g) "
            "SELECT MIN(x.k) AS least FROM x AS x JOIN given AS g ON g.n = x.n GROUP BY g.a",
            [("A",)],
            id="so are texts that the query itself writes",
        ),
        pytest.param(
            "SELECT NULL AS b, NULL AS n FROM given AS g WHERE g.n = 1 "
            "UNION ALL SELECT NULL AS b, NULL AS n FROM given AS g WHERE g.n = 1 "
            "UNION ALL SELECT g.b, g.n FROM given AS g WHERE g.n = 2",
            [(None, None), (None, None), (date(2017, 1, 2), 2)],
            id="an empty column has the type of what it stands above",
        ),
        pytest.param(
            "SELECT COUNT(DISTINCT g.b) AS days, COUNT(g.b) AS filled, COUNT(*) AS rows_ FROM given AS g GROUP BY g.a",
            [(3, 3, 4)],
            id="what is empty is not counted",
        ),
        pytest.param(
            "SELECT g.n FROM given AS g WHERE NOT g.b > '2017-01-01'",
            [(2_147_483_647,)],
            id="nothing is so of what is empty, nor its opposite",
        ),
        pytest.param(
            "SELECT g.n - 1 - 1 AS less FROM given AS g WHERE g.n - (1 - 1) = 2", [(0,)], id="brackets are kept"
        ),
    ],
)
def test_what_engines_would_answer_differently(engine: Engine, sql: str, expected: list[tuple[object, ...]]) -> None:
    engine.store_rows("record", "given", COLUMNS, TRAPS)
    found = answers(engine, sql)
    assert sorted(found, key=repr) == sorted(expected, key=repr)
    assert all(type(value) in (int, str, date, type(None)) for row in found for value in row)


def test_a_text_is_written_so_that_it_is_read_back(engine: Engine) -> None:
    for text in ("it's", "a\\b", "\\'", "%s :name ?", "é"):
        assert engine.rows(f"SELECT {engine.emitter.text(text)} AS answer") == [(text,)]


def test_what_is_refused_is_told_without_its_values_and_the_next_question_is_answered(engine: Engine) -> None:
    engine.store_rows("record", "given", COLUMNS, TRAPS)
    with pytest.raises(ComputeError) as told:
        engine.rows(f"SELECT nothing FROM {engine.name('record', 'given')} WHERE key = 'Zebedee'")
    assert "Zebedee" not in str(told.value)
    assert answers(engine, "SELECT g.n FROM given AS g WHERE g.n = 1") == [(1,)]


def test_a_name_can_come_to_stand_for_other_rows_and_be_forgotten(engine: Engine) -> None:
    engine.clear("model")
    place = engine.name("model", "a name")
    for kind, value in (("integer", 1), ("text", "one"), ("date", date(2017, 1, 1))):
        for _ in range(6):  # a driver prepares what it is asked often
            engine.store_rows("model", "a name", {"x": kind}, [(value,)])
            assert engine.rows(f"SELECT x FROM {place}") == [(value,)]
    other = engine.name("model", "another name")
    for _ in range(2):
        engine.store("model", "another name", f"SELECT x, x AS y FROM {place}")
    assert engine.rows(f"SELECT y FROM {other}") == [(date(2017, 1, 1),)]
    engine.clear("model")
    for forgotten in (place, other):
        with pytest.raises(ComputeError):
            engine.rows(f"SELECT x FROM {forgotten}")
    engine.drop("model", "a name")


def test_what_stands_in_the_database_is_read_in_place(engine: Engine) -> None:
    engine.store_rows("record", "theirs", {"n": "text", "a": "text", "other": "text"}, [("7", "2017-01-31", "x")])
    columns = {"n": "integer", "a": "date"}
    engine.stand_in("record", "given", columns, engine.name("record", "theirs"))
    assert engine.rows(f"SELECT * FROM {engine.name('record', 'given')}") == [(7, date(2017, 1, 31))]
