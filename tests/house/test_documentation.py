"""What is documented is what is there: the reference is generated, and every page that is linked exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from compendium.errors import WorkspaceError
from compendium.workspace import FILE, open_workspace

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def from_root(path: Path) -> str:
    return str(path.relative_to(ROOT))


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


def test_every_command_in_the_pages_is_one_that_exists() -> None:
    known = set(
        re.findall(r"^## (compendium [a-z ]+)$", (ROOT / "docs/reference/commands.md").read_text(), re.MULTILINE)
    )
    unknown = []
    for page in PAGES:
        for words in re.findall(
            r"(?:^|`|bin/)compendium ((?:[a-z]+ ?)+)", page.read_text(encoding="utf-8"), re.MULTILINE
        ):
            said = f"compendium {words.strip()}"
            if not any(said.startswith(command) for command in known):
                unknown.append(f"{from_root(page)}: {said}")
    assert unknown == []


def test_every_setting_is_documented(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[nothing_of_the_kind]\n", encoding="utf-8")
    with pytest.raises(WorkspaceError) as refused:
        open_workspace(tmp_path)
    documented = re.findall(
        r"^#? ?\[(\w+)", (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8"), re.MULTILINE
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
