"""What is documented is what is there: the reference is generated, and every page that is linked exists."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from compendium.cli import parser
from compendium.commands.new import SETTINGS, make_workspace
from compendium.errors import WorkspaceError
from compendium.indicators.examples import run_examples
from compendium.indicators.loading import SHIPPED, load_catalogue
from compendium.record.deliveries import Record
from compendium.sources.load import load
from compendium.workspace import FILE, KEY_VARIABLE, open_workspace

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def from_root(path: Path) -> str:
    return str(path.relative_to(ROOT))


def fenced(page: str, language: str) -> list[str]:
    """The blocks of a page that are marked as of a language."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_the_reference_is_what_the_code_says() -> None:
    check = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (check.returncode, check.stdout) == (0, ""), check.stdout + check.stderr


@pytest.mark.parametrize("page", PAGES, ids=from_root)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"https?:|mailto:|#", link)]
    assert [link for link in links if not (page.parent / link.split("#")[0]).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=from_root)
def test_a_page_has_one_title(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(re.findall(r"^# ", text, flags=re.MULTILINE)) == 1


@pytest.mark.parametrize("page", DECISIONS, ids=from_root)
def test_a_decision_says_why_what_and_what_follows(page: Path) -> None:
    headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [page.name[:4] for page in DECISIONS] == [f"{number:04d}" for number in range(1, len(DECISIONS) + 1)]


def written_commands() -> list[tuple[str, str]]:
    """Every command line in a fenced block of a page, with the page it stands in."""
    return [
        (from_root(page), line)
        for page in PAGES
        for block in re.findall(r"^```\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
        if re.search(r"(?:^|/| )compendium [a-z]", line)
    ]


@pytest.mark.parametrize(("page", "line"), written_commands())
def test_every_command_line_in_the_pages_is_understood(page: str, line: str) -> None:
    arguments = shlex.split(line.partition("compendium ")[2], comments=True)
    try:
        parser().parse_args(arguments)
    except SystemExit:
        pytest.fail(f"{page}: {line}")


def test_every_argument_says_what_it_does() -> None:
    rows = re.findall(
        r"^\| (`.+?`) \| (.*?) \|", (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rows
    assert [name for name, says in rows if not says] == []


def test_the_indicator_of_the_how_to_page_works(tmp_path: Path) -> None:
    (file,) = fenced("docs/how-to/add-an-indicator.md", "yaml")
    (tmp_path / "front_door").mkdir()
    (tmp_path / "front_door" / "our_contacts_in_time.yaml").write_text(file, encoding="utf-8")
    catalogue = load_catalogue([SHIPPED, tmp_path])
    assert len(catalogue["our_contacts_in_time"].examples) == 1
    assert run_examples(catalogue, ["our_contacts_in_time"]) == []


def test_the_changes_of_the_how_to_page_are_read(tmp_path: Path) -> None:
    (file,) = fenced("docs/how-to/add-an-indicator.md", "yaml")
    (tmp_path / "front_door").mkdir()
    for change in (changes := fenced("docs/how-to/change-an-indicator.md", "yaml")):
        ours = f"{change}{file.replace('percent', 'count').replace('         1 AS denominator,', '')}"
        ours = ours.replace(", denominator: 2", "").replace("higher_is_better", "neutral")
        (tmp_path / "front_door" / "ours.yaml").write_text(ours, encoding="utf-8")
        assert load_catalogue([SHIPPED, tmp_path])["ours"].changes[0].version == 2
    assert len(changes) == 2


def test_the_local_file_of_the_how_to_page_loads_and_its_ledger_is_read_as_the_other_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    workspace = make_workspace(tmp_path / "ourcouncil", SETTINGS.format(name='"Ours"', key='"../ourcouncil.key"'))
    (file,) = fenced("docs/how-to/load-local-tables.md", "csv")
    (tmp_path / "contact.csv").write_text(file, encoding="utf-8")
    report = load(Record.open(workspace), tmp_path / "contact.csv", None, date(2017, 2, 3), None)
    assert [(unit, count.read, count.kept) for unit, count in report.units.items()] == [("contact.csv", 1, 1)]
    assert {finding.severity for finding in report.findings} == {"noted"}
    (script,) = fenced("docs/how-to/read-the-ledger.md", "python")
    monkeypatch.chdir(tmp_path)
    exec(script, {})
    assert capsys.readouterr().out.splitlines() == [f"contact.csv {each.in_words()}" for each in report.findings]


def test_every_setting_is_documented(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[nothing_of_the_kind]\n", encoding="utf-8")
    with pytest.raises(WorkspaceError) as refused:
        open_workspace(tmp_path)
    documented = re.findall(
        r"^#? ?\[+(\w+)", (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(re.findall(r"\[(\w+)\]", refused.value.expected)) == set(documented)


def test_every_word_of_make_is_explained_and_every_one_in_the_pages_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    explained = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))
    assert set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split()) == explained
    said = set()
    for page in PAGES:
        said |= set(re.findall(r"(?:^|`)make ([a-z]+)(?=`|\s+#|$)", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert "demo" in said
    assert said <= explained
