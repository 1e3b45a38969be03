"""The Standard Safeguarding Dataset from a database: one moment, only what is used, and no word of the driver's."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from compendium.cli import main
from compendium.errors import DeliveryError, WorkspaceError
from compendium.sources import database as reading
from compendium.sources.database import connected
from compendium.sources.load import LoadReport, load_database
from compendium.workspace import Database, open_workspace
from tests.postgres import Cluster
from tests.sources.desk import Desk

DAY = date(2017, 1, 10)
TABLES = """
    CREATE SCHEMA ssd;
    CREATE TABLE ssd.ssd_person (pers_person_id integer, pers_forename text, pers_sex char(6), pers_dob timestamp);
    CREATE TABLE ssd."SSD_CONTACTS" ("CONT_CONTACT_ID" bigint, cont_person_id numeric(10, 1), cont_contact_date timestamp,
        cont_contact_source_code text, cont_contact_outcome_json jsonb);
    CREATE TABLE ssd.ssd_address (addr_person_id integer, addr_address_postcode text);
    CREATE TABLE ssd.something_else (name text);
    INSERT INTO ssd.ssd_person VALUES (1, 'Zebedee', 'Male', '2010-05-04'), (2, 'Quux', 'F', '1900-01-01');
    INSERT INTO ssd."SSD_CONTACTS" VALUES
        (7001, 1, '2017-01-03', '6', '{"NEW_REFERRAL_FLAG": "Y"}'), (7002, 2.0, '2017-01-04 13:00', NULL, NULL);
    INSERT INTO ssd.ssd_address VALUES (1, 'ZZ99 9ZZ');
"""  # noqa: E501


@contextmanager
def table_of(cluster: Cluster, name: str, statements: str = TABLES) -> Iterator[tuple[Database, psycopg.Connection]]:
    with cluster.connect(cluster.make(name)) as connection:
        connection.execute(statements)
        yield Database("ssd", "postgresql", cluster.conninfo(database=name), "ssd"), connection


def load(desk: Desk, database: Database, today: date = DAY) -> LoadReport:
    return load_database(desk.record, database, today, None)


@pytest.mark.postgres
def test_what_the_tables_hold_is_read_whatever_their_types(desk: Desk, cluster: Cluster) -> None:
    with table_of(cluster, "types") as (database, _):
        report = load(desk, database)
    assert {unit: (count.read, count.kept) for unit, count in report.units.items()} == {
        "ssd_person": (2, 2),
        "ssd_contacts": (2, 2),
    }
    assert desk.rows("person", "person_id, sex, dob") == [("1", "M", "2010-05-04"), ("2", "F", None)]
    assert desk.rows("contact", "person_id, contact_date, source_code, contact_id, outcome") == [
        ("1", "2017-01-03", "6", "7001", "referral"),
        ("2", "2017-01-04", None, "7002", None),
    ]
    (delivery,) = desk.record.deliveries()
    assert (delivery.received_on, delivery.extracted_on, delivery.file_name) == (DAY, DAY, "database ssd")
    assert "ssd_address: 1 row; nothing is taken from this table" in [each.what for each in desk.ledger("noted")]


@pytest.mark.postgres
def test_the_same_content_again_changes_nothing_and_other_content_is_another_delivery(
    desk: Desk, cluster: Cluster
) -> None:
    with table_of(cluster, "again") as (database, connection):
        load(desk, database)
        before = desk.files()
        # Rows in another order, and what is not read, make no difference.
        connection.execute('CREATE TABLE ssd.moved AS SELECT * FROM ssd."SSD_CONTACTS" ORDER BY 1 DESC')
        connection.execute('TRUNCATE ssd."SSD_CONTACTS"')
        connection.execute('INSERT INTO ssd."SSD_CONTACTS" SELECT * FROM ssd.moved')
        connection.execute("UPDATE ssd.ssd_person SET pers_forename = 'Other'")
        report = load(desk, database, date(2017, 1, 11))
        assert report.already_loaded and report.received_on == DAY and report.findings == ()
        assert desk.files() == before
        connection.execute('DELETE FROM ssd."SSD_CONTACTS" WHERE "CONT_CONTACT_ID" = 7002')
        assert not load(desk, database, date(2017, 1, 12)).already_loaded
    assert desk.rows("contact", "contact_id") == [("7001",)], "what was withdrawn from covered days is gone"
    assert desk.rows("contact", "contact_id", as_at=date(2017, 1, 11)) == [("7001",), ("7002",)]


@pytest.mark.postgres
def test_a_database_that_returns_to_an_earlier_state_is_believed(desk: Desk, cluster: Cluster) -> None:
    """A contact that was there for one night, by mistake, is gone with the next reading."""
    with table_of(cluster, "returned") as (database, connection):
        load(desk, database, date(2017, 1, 10))
        connection.execute("INSERT INTO ssd.\"SSD_CONTACTS\" VALUES (7003, 1, '2017-01-04', '6', NULL)")
        load(desk, database, date(2017, 1, 11))
        connection.execute('DELETE FROM ssd."SSD_CONTACTS" WHERE "CONT_CONTACT_ID" = 7003')
        known = [load(desk, database, date(2017, 1, day)).already_loaded for day in (12, 13)]
    assert known == [False, True]
    assert desk.rows("contact", "contact_id") == [("7001",), ("7002",)]
    assert len(desk.rows("contact", "contact_id", as_at=date(2017, 1, 11))) == 3


@pytest.mark.postgres
def test_all_tables_are_read_as_of_one_moment(desk: Desk, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the reading of one table and the next, another writes into both."""
    with table_of(cluster, "moment") as (database, connection):
        read, changed = reading.Connection.rows, threading.Event()

        def rows(self: Any, table: str, columns: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
            yield from read(self, table, columns)
            if not changed.is_set():
                changed.set()
                connection.execute("INSERT INTO ssd.ssd_person VALUES (3, 'New', 'F', '2012-01-01')")
                connection.execute("INSERT INTO ssd.\"SSD_CONTACTS\" VALUES (7003, 3, '2017-01-05', '6', NULL)")

        monkeypatch.setattr(reading.Connection, "rows", rows)
        report = load(desk, database)
    assert changed.is_set()
    assert [count.read for count in report.units.values()] == [2, 2]


@pytest.mark.postgres
def test_nothing_can_be_written_and_only_drawn_columns_are_asked_for(desk: Desk, cluster: Cluster) -> None:
    """A role that may read no more than the drawn columns can load; names and addresses need not be granted."""
    with table_of(cluster, "granted") as (database, connection):
        connection.execute("DROP ROLE IF EXISTS reader")
        connection.execute("CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA ssd TO reader")
        connection.execute("GRANT SELECT (pers_person_id, pers_sex, pers_dob) ON ssd.ssd_person TO reader")
        reader = Database("ssd", "postgresql", cluster.conninfo("reader", "granted"), "ssd")
        report = load(desk, reader)
        assert list(report.units) == ["ssd_person"]
        with connected(database) as open_one, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            open_one._connection.execute("DELETE FROM ssd.ssd_person")
        connection.execute("DROP OWNED BY reader; DROP ROLE reader")


@pytest.mark.postgres
def test_a_dataset_made_long_ago_says_nothing_of_the_days_since(desk: Desk, cluster: Cluster) -> None:
    with table_of(cluster, "stale") as (database, _):
        load(desk, database, date(2017, 3, 1))
    (delivery,) = desk.record.deliveries()
    assert (delivery.received_on, delivery.extracted_on) == (date(2017, 3, 1), date(2017, 1, 4))
    assert desk.record.as_at().coverage("contact") == [(date(2017, 1, 3), date(2017, 1, 4))]


def refused(desk: Desk, database: Database) -> str:
    """What is said; the record stays empty, and no word of the driver's is shown or chained."""
    with pytest.raises(DeliveryError) as fault:
        load(desk, database)
    assert desk.record.deliveries() == []
    assert fault.value.where.file == "database ssd" and fault.value.remedy
    assert fault.value.__suppress_context__ or fault.value.__context__ is None
    return str(fault.value)


@pytest.mark.postgres
def test_what_goes_wrong_is_said_in_our_own_words(
    desk: Desk, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with table_of(cluster, "wrong") as (database, connection):
        connection.execute("DROP ROLE IF EXISTS nobody")
        connection.execute("CREATE ROLE nobody LOGIN")
        cases = {
            "host=/nowhere user=owner": "cannot be reached",
            cluster.conninfo(database="not_there"): "not there",
            cluster.conninfo("stranger", "wrong"): "not there",
            "this is no = = connection hunter2": "error",
            cluster.conninfo("nobody", "wrong"): "no table of the dataset",
        }
        for connection_string, what in cases.items():
            said = refused(desk, Database("ssd", "postgresql", connection_string, "ssd"))
            assert what in said, said
            assert "hunter2" not in said and "stranger" not in said and "/nowhere" not in said
        connection.execute("DROP ROLE nobody")
        # An error in the middle of a table: a view that fails on one of its rows, quoting it.
        connection.execute("ALTER TABLE ssd.ssd_person RENAME TO people")
        connection.execute(
            "CREATE VIEW ssd.ssd_person AS SELECT pers_person_id, pers_forename::integer AS pers_sex FROM ssd.people"
        )
        said = refused(desk, database)
        assert "answered with an error (SQLSTATE 22P02)" in said and "Zebedee" not in said
    monkeypatch.delenv("NO_SUCH_PASSWORD", raising=False)
    without = Database("ssd", "postgresql", database.connection, "ssd", "NO_SUCH_PASSWORD")
    assert "the environment variable NO_SUCH_PASSWORD is not set" in refused(desk, without)


@pytest.mark.postgres
def test_a_password_comes_from_the_environment(desk: Desk, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server asks this one user for a password; a wrong one is refused without being quoted."""
    with table_of(cluster, "secret") as (_, connection):
        connection.execute("DROP ROLE IF EXISTS asked")
        connection.execute("CREATE ROLE asked LOGIN PASSWORD 'hunter2'")
        connection.execute("GRANT USAGE ON SCHEMA ssd TO asked; GRANT SELECT ON ssd.ssd_person TO asked")
        rules = cluster.folder / "data" / "pg_hba.conf"
        old = rules.read_text()
        rules.write_text(f"local all asked scram-sha-256\n{old}")
        connection.execute("SELECT pg_reload_conf()")
        database = Database("ssd", "postgresql", cluster.conninfo("asked", "secret"), "ssd", "SSD_SECRET")
        monkeypatch.setenv("SSD_SECRET", "hunter3")
        said = refused(desk, database)
        assert "does not let this user in" in said and "hunter" not in said
        monkeypatch.setenv("SSD_SECRET", "hunter2")
        assert list(load(desk, database).units) == ["ssd_person"]
        rules.write_text(old)
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("DROP OWNED BY asked; DROP ROLE asked")


def test_a_driver_that_is_not_installed_is_named_with_what_installs_it(desk: Desk) -> None:
    said = refused(desk, Database("ssd", "sqlserver", "DSN=ssd"))
    assert "what reads a sqlserver database is not installed" in said and "compendium[mssql]" in said


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ('driver = "oracle"\nconnection = "x"', "driver names no kind of database"),
        ('connection = "x"', "driver names no kind of database"),
        ('driver = "postgresql"', "no connection"),
        ('driver = "postgresql"\nconnection = "host=x password=hunter2"', "there is a password in connection"),
        ('driver = "postgresql"\nconnection = "postgresql://u:hunter2@x/ssd"', "there is a password in connection"),
        ('driver = "sqlserver"\nconnection = "Server=x;Uid=u;Pwd=hunter2"', "there is a password in connection"),
        ('driver = "postgresql"\nconnection = "x"\nport = 5432', "port is no text setting"),
        ('driver = "postgresql"\nconnection = "x"\npassword = "hunter2"', "password is no text setting"),
    ],
)
def test_settings_that_cannot_be_are_refused(tmp_path: Path, settings: str, what: str) -> None:
    (tmp_path / "compendium.toml").write_text(f"[databases.ssd]\n{settings}\n", encoding="utf-8")
    with pytest.raises(WorkspaceError) as fault:
        open_workspace(tmp_path)
    assert what in str(fault.value) and "hunter2" not in str(fault.value)
    assert fault.value.where.column == "databases.ssd"


@pytest.mark.postgres
def test_from_the_command_line(
    tmp_path: Path, cluster: Cluster, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMPENDIUM_KEY_FILE", raising=False)
    workspace = str(tmp_path / "ourcouncil")
    assert main(["new", workspace]) == 0
    with table_of(cluster, "command") as (database, _):
        with (tmp_path / "ourcouncil" / "compendium.toml").open("a", encoding="utf-8") as file:
            file.write(
                f'[databases.ours]\ndriver = "postgresql"\nconnection = "{database.connection}"\nschema = "ssd"\n'
            )
        capsys.readouterr()
        assert main(["load", "--workspace", workspace, "--from-database", "ours", "--format", "json"]) == 0
        (answer,) = json.loads(capsys.readouterr().out)
        assert answer["file"] == "database ours" and answer["units"]["ssd_contacts"]["kept"] == 2
        assert main(["load", "--workspace", workspace, "--from-database", "ours"]) == 0
        assert "already loaded; nothing changed" in capsys.readouterr().out
    with cluster.connect() as connection:
        connection.execute("DROP DATABASE command")
    assert main(["load", "--workspace", workspace, "--from-database", "ours"]) == 1
    assert "what connection or schema names is not there" in capsys.readouterr().err
    assert main(["load", "--workspace", workspace, "--from-database", "theirs"]) == 2
    assert "there is no setting [databases.theirs]" in capsys.readouterr().err
    assert main(["load", "--workspace", workspace, "--from-database", "ours", "--received", "2017-01-01"]) == 2
