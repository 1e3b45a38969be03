"""Published figures are fetched whole from the department's public statistics API, or not at all and plainly so.

The server here answers in the shapes that the API's documentation gives; the live one is not asked.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from compendium.cli import main
from compendium.errors import DeliveryError
from compendium.record.deliveries import Record
from compendium.sources.public_statistics import DataSet, PublicStatistics
from compendium.workspace import open_workspace

NEED = "characteristics-of-children-in-need"
REFERRALS = files("compendium.county").joinpath("figures/published_c1.csv").read_bytes()
STRANGE = b"time_period,geographic_level,cats\n2024,National,12\n"


def data_set(id: str, title: str, status: str = "Published") -> dict[str, Any]:
    return {
        "id": id,
        "title": title,
        "summary": "As published",
        "status": status,
        "latestVersion": {
            "version": "1.0",
            "published": "2017-11-02T09:30:00.1234567+00:00",
            "totalResults": 10,
            "file": {"id": "f"},
            "timePeriods": {"start": "2013", "end": "2017"},
            "geographicLevels": ["National", "Regional"],
            "filters": ["Category"],
            "indicators": ["Referrals"],
        },
    }


class Api:
    """What the server answers: path -> status, body and headers. asked: every path that was asked for."""

    def __init__(self) -> None:
        self.files = {"one": REFERRALS}
        self.sets = [data_set("one", "C1 referrals and re-referrals"), data_set("old", "Withdrawn", "Withdrawn")]
        self.asked: list[str] = []
        self.broken: dict[str, tuple[int, bytes, dict[str, str]]] = {}

    def answer(self, path: str, query: dict[str, list[str]]) -> tuple[int, bytes, dict[str, str]]:
        self.asked.append(path)
        if path in self.broken:
            return self.broken[path]
        page = int(query.get("page", ["1"])[0])
        if path == "/v1/publications":
            both = [{"id": "p0", "slug": "attendance"}, {"id": "p1", "slug": NEED}]
            return self.listed(both[page - 1 : page], page, pages=2)
        if path == "/v1/publications/p1/data-sets":
            return self.listed(self.sets, page, pages=1)
        if path.endswith("/versions/1.0"):
            told = {"version": "1.0", "release": {"title": "Reporting year 2017", "slug": "2017"}}
            return 200, json.dumps(told).encode(), {}
        id = path.split("/")[3] if path.startswith("/v1/data-sets/") else ""
        if id in self.files:
            return 200, gzip.compress(self.files[id]), {"Content-Encoding": "gzip"}
        return 404, b"{}", {}

    def listed(self, results: list[dict[str, Any]], page: int, pages: int) -> tuple[int, bytes, dict[str, str]]:
        paging = {"page": page, "pageSize": 1, "totalPages": pages, "totalResults": len(results)}
        return 200, json.dumps({"paging": paging, "results": results}).encode(), {}


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def address(api: Api) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            status, body, headers = api.answer(asked.path, parse_qs(asked.query))
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()
        thread.join()


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("COMPENDIUM_KEY_FILE", raising=False)
    assert main(["new", str(tmp_path / "ours")]) == 0
    return tmp_path / "ours"


@pytest.fixture
def fetch(address: str, workspace: Path) -> Callable[[], int]:
    return lambda: main(
        ["benchmarks", "fetch", "--address", address, "--publication", NEED, "--workspace", str(workspace)]
    )


def benchmarks(workspace: Path) -> int:
    record = Record.open(open_workspace(workspace))
    if not record.deliveries():
        return 0
    found = record.as_at(date(2018, 1, 1)).connection.execute("SELECT count(*) FROM record.benchmark").fetchone()
    assert found is not None
    return int(found[0])


def test_what_is_published_is_kept_with_its_release_and_day_and_loaded(
    fetch: Callable[[], int], workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fetch() == 0
    file, note = sorted((workspace / "benchmarks").iterdir())
    assert file.name == "c1-referrals-and-re-referrals_v1.0_2017-11-02.csv"
    assert file.read_bytes() == REFERRALS
    told = json.loads(note.read_text(encoding="utf-8"))
    assert (told["publication"], told["version"], told["published"]) == (NEED, "1.0", "2017-11-02")
    assert told["release"] == "Reporting year 2017"
    assert date.fromisoformat(told["fetched"]) == date.today()
    assert benchmarks(workspace) > 0
    out = capsys.readouterr().out
    assert "received 2 November 2017" in out
    assert "1 data set published; 1 in the record, 0 not taken." in out


def test_fetching_again_asks_for_no_file_and_changes_nothing(
    fetch: Callable[[], int], workspace: Path, api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fetch() == 0
    before = benchmarks(workspace)
    api.asked.clear()
    assert fetch() == 0
    assert not [path for path in api.asked if path.endswith("/csv")]
    assert benchmarks(workspace) == before
    assert "already loaded; nothing changed" in capsys.readouterr().out


def test_a_data_set_that_no_reader_knows_is_named_and_not_kept(
    fetch: Callable[[], int], workspace: Path, api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    api.sets.append(data_set("two", "Cats"))
    api.files["two"] = STRANGE
    assert fetch() == 1
    assert "Not taken: Cats" in capsys.readouterr().err
    assert not [path for path in (workspace / "benchmarks").iterdir() if "cats" in path.name]
    assert benchmarks(workspace) > 0


def test_a_file_that_breaks_off_leaves_nothing_behind(
    fetch: Callable[[], int], workspace: Path, api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    half = gzip.compress(REFERRALS)[:-200]
    api.broken["/v1/data-sets/one/csv"] = (200, half, {"Content-Encoding": "gzip"})
    assert fetch() == 2
    assert "did not come whole" in capsys.readouterr().err
    assert list((workspace / "benchmarks").iterdir()) == []
    assert benchmarks(workspace) == 0


@pytest.mark.parametrize(
    ("path", "answer", "says"),
    [
        ("/v1/publications", (503, b"", {}), "503"),
        ("/v1/publications", (429, b"", {}), "asked too often"),
        ("/v1/publications", (200, b"<html>", {}), "not with JSON"),
        ("/v1/publications", (200, b"{}", {}), "not with a list"),
        ("/v1/publications/p1/data-sets", (404, b"", {}), "nothing there"),
        ("/v1/data-sets/one/versions/1.0", (404, b"", {}), "nothing there"),
        ("/v1/data-sets/one/csv", (500, b"", {}), "500"),
    ],
)
def test_an_answer_that_is_none_is_told_with_what_to_do_instead(
    path: str,
    answer: tuple[int, bytes, dict[str, str]],
    says: str,
    fetch: Callable[[], int],
    workspace: Path,
    api: Api,
    capsys: pytest.CaptureFixture[str],
) -> None:
    api.broken[path] = answer
    assert fetch() == 2
    told = capsys.readouterr().err
    assert says in told and "compendium load FILE" in told
    assert not list((workspace / "benchmarks").glob("*"))
    assert benchmarks(workspace) == 0


def test_a_machine_that_is_not_online_says_so(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = ["benchmarks", "fetch", "--address", "http://127.0.0.1:9/v1", "--workspace", str(workspace)]
    assert main(nowhere) == 2
    assert "could not be reached" in capsys.readouterr().err


def test_an_address_that_is_no_web_address_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="begins with https"):
        PublicStatistics(f"file://{tmp_path}").data_sets(NEED)


def test_a_publication_that_is_not_there_is_named(address: str) -> None:
    with pytest.raises(DeliveryError, match="no publication 'cats'"):
        PublicStatistics(address).data_sets("cats")


def test_a_title_becomes_a_file_name_that_ends_with_the_day() -> None:
    odd = DataSet("x", "../Éléphants & “cats” / 2024", NEED, "2.1", date(2024, 11, 1))
    assert odd.file_name == "l-phants-cats-2024_v2.1_2024-11-01.csv"
