"""compendium.toml: what it may say, and how a mistake in it is answered."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from compendium.errors import WorkspaceError
from compendium.workspace import KEY_VARIABLE, open_workspace


def workspace(folder: Path, text: str) -> Path:
    (folder / "compendium.toml").write_text(text, encoding="utf-8")
    return folder


def test_settings_are_read_and_countywide_comes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    opened = open_workspace(
        workspace(
            tmp_path,
            """
            [authority]
            name = "Wealdmere"
            synthetic = true
            [areas]
            NE = "North East"
            SE = "South East"
            [targets.cp_visits_10wd]
            value = 95
            tolerance = 2.5
            set_by = "Cabinet"
            set_on = 2015-04-01
            """,
        )
    )
    assert list(opened.areas.items()) == [
        ("NE", "North East"),
        ("SE", "South East"),
        ("countywide", "Countywide teams"),
    ]
    assert opened.authority_code is None and opened.synthetic
    target = opened.targets["cp_visits_10wd"]
    assert (target.value, target.tolerance, target.set_on) == (Decimal(95), Decimal("2.5"), date(2015, 4, 1))
    assert opened.key_file == tmp_path.parent / f"{tmp_path.name}.key"


def test_the_key_file_may_be_named_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "/safe/place.key")
    assert open_workspace(workspace(tmp_path, "[authority]\n")).key_file == Path("/safe/place.key")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[authority\n", "not valid TOML"),
        ("[area]\nNE = 'x'\n", "no setting [area]"),
        ("[authority]\nnmae = 'x'\n", "has no setting 'nmae'"),
        ("areas = 3\n", "areas is 3, not a section"),
        ("[targets]\ncontacts = 3\n", "targets.contacts is 3, not a section"),
        ("[limits]\ncp_visits_10wd = 10\n", "limits.cp_visits_10wd is 10, not a section"),
        ("[case_system]\nlink = 'https://cases.example/'\n", "an address with {person_id} in it"),
        ("[case_system]\nlink = 'javascript:open({person_id})'\n", "link is 'javascript"),
        ("[targets.contacts]\nvalue = 3\n", "the target has no tolerance"),
        ("[[rebased.x]]\nfrom = 2015-10-01\nwhy = 'So'\non = 2016-02-05\n", "a rebasing needs from, why, by and on"),
        ("[[rebased.x]]\nfrom = 2015-10-02\nwhy = 'So'\nby = 'us'\non = 2016-02-05\n", "first day of a month"),
        ("[[rebased.x]]\nfrom = 2015-10-01\nwhy = ''\nby = 'us'\non = 2016-02-05\n", "has a reason and an author"),
        ("[[rebased.x]]\nfrom = 2015-10-01\nwhy = 'So'\nby = 'us'\non = 2015-02-05\n", "decided after the month"),
        ("[rebased]\nx = 3\n", "a rebasing needs from, why, by and on"),
        ("[targets.x]\nvalue = 'abc'\ntolerance = 2\nset_by = 'us'\nset_on = 2015-04-01\n", "are numbers"),
        ("[targets.x]\nvalue = 3\ntolerance = 2\nset_by = 'us'\nset_on = '2015-04-01'\n", "set_on is a date"),
    ],
)
def test_a_mistake_names_the_file_and_the_setting(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WorkspaceError) as fault:
        open_workspace(workspace(tmp_path, text))
    assert said in str(fault.value) and "compendium.toml" in str(fault.value)


def test_a_folder_without_settings_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="compendium new"):
        open_workspace(tmp_path)


def test_the_current_folder_is_a_workspace_with_a_key_of_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    folder = tmp_path / "ourcouncil"
    folder.mkdir()
    workspace(folder, "[authority]\n")
    monkeypatch.chdir(folder)
    assert open_workspace(Path()).key_file == tmp_path / "ourcouncil.key"


def test_a_key_file_is_meant_from_the_current_folder_in_the_variable_and_from_the_workspace_in_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = tmp_path / "ourcouncil"
    ours.mkdir()
    workspace(ours, '[store]\nkey_file = "vault.key"')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(KEY_VARIABLE, "vault.key")
    assert open_workspace(Path("ourcouncil")).key_file == tmp_path / "vault.key"
    monkeypatch.delenv(KEY_VARIABLE)
    assert open_workspace(Path("ourcouncil")).key_file == ours / "vault.key"
