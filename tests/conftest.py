"""What every test shares: seeds that are fresh and printed, and an honest account of what was not run.

REQUIRE_ALL=1                    a test that would be skipped fails instead
--hypothesis-profile=proofs      the full counts (default: "test", small)
--hypothesis-seed=N              repeat a run exactly
"""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
EXCEPTION = "exception"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# A shared machine pauses at odd moments: time limits belong to the benchmarks, not to properties.
settings.register_profile("test", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("proofs", parent=settings.get_profile("test"), max_examples=300)
settings.load_profile("test")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(random.SystemRandom().randrange(2**32))


def pytest_report_header(config: pytest.Config) -> str:
    return f"seed: {config.option.hypothesis_seed} (repeat with --hypothesis-seed={config.option.hypothesis_seed})"


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The seed of this run: another one each time, printed at the head and the foot of the run."""
    return int(request.config.option.hypothesis_seed)


@pytest.fixture
def rng(seed: int) -> Random:
    """Random draws that the printed seed repeats."""
    return Random(seed)


@pytest.fixture
def full_counts(request: pytest.FixtureRequest) -> bool:
    """Whether this is `make proofs`: tests with counts of their own then use the full ones."""
    return bool(request.config.getoption("--hypothesis-profile") == "proofs")


@pytest.fixture
def exceptions(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Says what does not hold and why that is allowed: told at the foot of the run, and on the page of proofs."""
    return partial(record_property, EXCEPTION)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published data and samples beside the project, for tests marked `shared`."""
    return SHARED


@pytest.fixture(scope="session")
def browser_path() -> str:
    """A Chromium on this machine, for tests marked `browser`."""
    return next(path for path in map(shutil.which, BROWSERS) if path)


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL server for the tests of this process, for tests marked `postgres`."""
    with postgres.running() as made:
        yield made


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """Spark for the tests of this process, for tests marked `spark`; small, for what it counts is small."""
    from compendium.engine.spark_engine import local_spark

    small = {"spark.sql.shuffle.partitions": "1", "spark.default.parallelism": "1",
             "spark.sql.codegen.wholeStage": "false", "spark.shuffle.compress": "false"}  # fmt: skip
    with local_spark(small) as engine:
        yield engine


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """One process alone starts Spark, and one alone makes the demonstration or what a module of the county's tests
    shares; every other test goes to whichever process is free. pytest-xdist's own groups do not hold with pytest 9."""
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

    class Together(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            if "spark" in nodeid.lower():
                return "spark"
            module = nodeid.partition("::")[0]
            if module.startswith("tests/demo/"):
                return "demo"
            return module if module.startswith("tests/county/") else nodeid

    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """pyspark leaves sockets open."""
    for item in items:
        if item.get_closest_marker("spark"):
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        pytest.skip(f"the published data and samples are absent: no folder {SHARED.name} beside the project")
    if item.get_closest_marker("browser") and not any(map(shutil.which, BROWSERS)):
        pytest.skip("headless Chromium is absent: install the package chromium")
    if item.get_closest_marker("postgres") and postgres.programs() is None:
        pytest.skip("PostgreSQL is absent: install the package postgresql")
    if item.get_closest_marker("spark") and importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is absent: install Compendium with it, compendium[spark]")
    if item.get_closest_marker("spark") and not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Java is absent: install the package openjdk-17-jre-headless")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, None]:
    _nothing_skipped((yield).get_result())


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, None]:
    _nothing_skipped((yield).get_result())


def _nothing_skipped(report: Any) -> None:
    """With REQUIRE_ALL=1 a skip is a failure; an expected failure (xfail) is not a skip."""
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"REQUIRE_ALL=1 and not run: {_reason(report)}"


def _reason(report: Any) -> str:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return reason.removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    told = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == EXCEPTION and getattr(report, "when", "") == "call"
    ]
    if told:
        terminalreporter.section("Exceptions that are allowed")
        for each in told:
            terminalreporter.line(str(each))
    not_run = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    deselected = len(terminalreporter.stats.get("deselected", []))
    if deselected:
        not_run["deselected on the command line"] = deselected
    terminalreporter.section("Not run")
    for reason, count in sorted(not_run.items()):
        terminalreporter.line(f"{count} {'test' if count == 1 else 'tests'}: {reason}")
    if not not_run:
        terminalreporter.line("nothing: every test was run")
    terminalreporter.line(pytest_report_header(config))
