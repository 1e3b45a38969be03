"""Who keeps the key: a file, the keyring of the system, a passphrase; moved without sealing anything anew."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as Forgetful

from compendium.cli import main
from compendium.errors import StoreError
from compendium.record import custody, passphrase
from compendium.record.deliveries import Record
from compendium.record.keys import make_key
from compendium.record.rotation import KeyRotation
from compendium.workspace import Workspace
from tests.record.drawn import deliver, make_workspace

WORDS = "tulip anvil harbour"
PERSON = [("person", "person_id sex\n a F")]


class Drawer(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.held:
            raise keyring.errors.PasswordDeleteError
        del self.held[service, username]


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    before, made = keyring.get_keyring(), Drawer()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guessing need not be dear here; nothing is remembered from one test to the next."""
    monkeypatch.setitem(custody.COST, "n", 2**10)
    monkeypatch.setattr(passphrase, "_known", {})
    for name in (passphrase.GIVEN, passphrase.GIVEN_BY, passphrase.NEW):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def held(record: Record, workspace: Workspace) -> dict[str, bytes]:
    """A record of the first version, with one delivery: what is sealed, as it lies there."""
    deliver(record, "2017-02-03", PERSON)
    return sealed(workspace)


def sealed(workspace: Workspace) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (workspace.record_folder / "deliveries").rglob("*/*")}


def opens(workspace: Workspace) -> bool:
    return len(Record.open(workspace).deliveries()) == 1


def refusal(workspace: Workspace) -> StoreError:
    with pytest.raises(StoreError) as refused:
        Record.open(workspace)
    return refused.value


def test_the_key_moves_into_the_keyring_and_nothing_is_sealed_anew(
    workspace: Workspace, held: dict[str, bytes], drawer: Drawer
) -> None:
    KeyRotation(workspace).move("keyring")
    assert sealed(workspace) == held
    assert not workspace.key_file.exists()
    assert opens(workspace)
    drawer.held.clear()
    assert "keyring of this account has no key" in refusal(workspace).what
    assert "COMPENDIUM_KEY_FILE" in refusal(workspace).remedy


def test_the_key_moves_through_all_custodies_and_back(
    workspace: Workspace, held: dict[str, bytes], drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(passphrase.NEW, WORDS)
    for by, kept in (("passphrase", 0), ("keyring", 1), ("passphrase", 0), ("file", 0), ("keyring", 1), ("file", 0)):
        KeyRotation(workspace).move(by)
        assert opens(workspace)
        assert (len(drawer.held), workspace.key_file.exists()) == (kept, by == "file"), "one place at a time"
    assert sealed(workspace) == held


def test_two_records_in_one_keyring_keep_apart(tmp_path: Path, workspace: Workspace, drawer: Drawer) -> None:
    other = make_workspace(tmp_path / "another")
    for each in (workspace, other):
        deliver(Record.open(each), "2017-02-03", PERSON)
        KeyRotation(each).move("keyring")
    assert len(drawer.held) == 2 and opens(workspace) and opens(other)


@pytest.mark.parametrize(("backend", "said"), [(NoKeyring, "does not take the key"), (Forgetful, "does not keep what")])
def test_a_keyring_that_does_not_keep_the_key_leaves_it_where_it_was(
    workspace: Workspace, held: dict[str, bytes], drawer: Drawer, backend: type[KeyringBackend], said: str
) -> None:
    keyring.set_keyring(backend())
    with pytest.raises(StoreError, match=said) as refused:
        KeyRotation(workspace).move("keyring")
    assert "--to file" in refused.value.remedy
    assert workspace.key_file.exists() and opens(workspace)


def test_without_the_library_the_keyring_is_refused_with_how_to_install_it(
    workspace: Workspace, held: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(StoreError, match="which is not installed") as refused:
        KeyRotation(workspace).move("keyring")
    assert "compendium[keyring]" in refused.value.remedy
    assert opens(workspace)


@pytest.fixture
def by_passphrase(workspace: Workspace, held: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Workspace:
    with monkeypatch.context() as patch:
        patch.setenv(passphrase.NEW, WORDS)
        KeyRotation(workspace).move("passphrase")
    passphrase._known.clear()
    return workspace


def test_a_passphrase_comes_from_the_environment(by_passphrase: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(passphrase.GIVEN, WORDS)
    assert opens(by_passphrase)


def test_a_passphrase_comes_from_a_file_descriptor(by_passphrase: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = os.pipe()
    os.write(theirs, f"{WORDS}\nanother line\n".encode())
    os.close(theirs)
    monkeypatch.setenv(passphrase.GIVEN_BY, str(ours))
    assert opens(by_passphrase) and opens(by_passphrase), "it is read once"
    os.close(ours)
    passphrase._known.clear()
    assert "names no file descriptor" in refusal(by_passphrase).what


def test_a_passphrase_is_asked_on_a_terminal(by_passphrase: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return WORDS

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", typed)
    assert opens(by_passphrase) and opens(by_passphrase)
    assert asked == ["Passphrase of the record: "]


def test_without_a_terminal_it_says_where_a_passphrase_may_be_given(by_passphrase: Workspace) -> None:
    assert "COMPENDIUM_PASSPHRASE" in refusal(by_passphrase).remedy


def test_a_wrong_passphrase_is_told_and_may_be_given_again(
    by_passphrase: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(passphrase.GIVEN, "tulip anvil harbor")
    assert "the passphrase does not open the record" in refusal(by_passphrase).what
    monkeypatch.setenv(passphrase.GIVEN, WORDS)
    assert opens(by_passphrase)


def test_a_letter_may_be_typed_in_two_ways(
    workspace: Workspace, held: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(passphrase.NEW, "caf\N{LATIN SMALL LETTER E WITH ACUTE} anvil harbour")
    KeyRotation(workspace).move("passphrase")
    passphrase._known.clear()
    monkeypatch.setenv(passphrase.GIVEN, "cafe\N{COMBINING ACUTE ACCENT} anvil harbour")
    assert opens(workspace)


def test_a_short_passphrase_is_refused(
    workspace: Workspace, held: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(passphrase.NEW, "hunter2")
    with pytest.raises(StoreError, match="too short"):
        KeyRotation(workspace).move("passphrase")
    assert opens(workspace)


def test_a_passphrase_typed_twice_differently_is_refused(
    workspace: Workspace, held: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter([WORDS, "tulip anvil harbor"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    with pytest.raises(StoreError, match="not the same"):
        KeyRotation(workspace).move("passphrase")
    assert opens(workspace)


def test_how_dear_guessing_is_is_written_with_the_keys(
    workspace: Workspace, held: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record made with other parameters opens with them, whatever the default has become."""
    monkeypatch.setenv(passphrase.NEW, WORDS)
    KeyRotation(workspace).move("passphrase")
    (slot,) = json.loads((workspace.record_folder / "keys").read_bytes())["slots"]
    assert {name: slot[name] for name in ("by", "n", "r", "p")} == {"by": "passphrase", "n": 1024, "r": 8, "p": 1}
    monkeypatch.setitem(custody.COST, "n", 2**11)
    assert opens(workspace)


def test_guessing_is_dear_unless_a_test_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert custody.COST["n"] * custody.COST["r"] * 128 == 128 * 1024**2, "bytes of memory for each guess"


@pytest.mark.parametrize("by", ["file", "keyring", "passphrase"])
def test_a_copy_of_the_key_opens_the_record_whoever_keeps_the_key(
    tmp_path: Path,
    workspace: Workspace,
    held: dict[str, bytes],
    drawer: Drawer,
    monkeypatch: pytest.MonkeyPatch,
    by: str,
) -> None:
    """The drill: the machine is gone; what is left is a backup of the workspace, and the copy in the vault."""
    monkeypatch.setenv(passphrase.NEW, WORDS)
    if by != "file":
        KeyRotation(workspace).move(by)
    copy = tmp_path / "vault.key"
    KeyRotation(workspace).copy(copy)
    assert sys.platform == "win32" or stat.S_IMODE(copy.stat().st_mode) == 0o600
    drawer.held.clear()
    passphrase._known.clear()
    workspace.key_file.unlink(missing_ok=True)
    monkeypatch.setenv("COMPENDIUM_KEY_FILE", str(copy))
    assert main(["key", "check", "--workspace", str(workspace.folder)]) == 0
    assert main(["key", "custody", "--workspace", str(workspace.folder), "--to", "keyring"]) == 0
    monkeypatch.delenv("COMPENDIUM_KEY_FILE")
    assert opens(workspace) and copy.exists(), "a copy that the variable names is never taken away"


def test_a_copy_is_used_by_the_name_under_which_it_was_written(
    tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = ["--workspace", str(workspace.folder)]
    assert main(["key", "copy", *place, "vault.key"]) == 0
    workspace.key_file.unlink()
    monkeypatch.setenv("COMPENDIUM_KEY_FILE", "vault.key")
    assert main(["key", "check", *place]) == 0


def test_a_copy_is_never_written_over_another(tmp_path: Path, workspace: Workspace, held: dict[str, bytes]) -> None:
    make_key(tmp_path / "vault.key")
    before = (tmp_path / "vault.key").read_bytes()
    with pytest.raises(StoreError, match="there is a key already"):
        KeyRotation(workspace).copy(tmp_path / "vault.key")
    assert (tmp_path / "vault.key").read_bytes() == before


def test_another_key_file_is_told(workspace: Workspace, held: dict[str, bytes]) -> None:
    KeyRotation(workspace).rotate(lambda blob: None)
    workspace.key_file.unlink()
    make_key(workspace.key_file)
    assert "this key does not open the record" in refusal(workspace).what
    assert str(workspace.key_file) in str(refusal(workspace)) and "COMPENDIUM_KEY_FILE" in refusal(workspace).remedy


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"slots": [{"by": "oracle", "wrapped": ""}], "record": "x"}'])
def test_damaged_wrapped_keys_are_told(workspace: Workspace, held: dict[str, bytes], content: bytes) -> None:
    KeyRotation(workspace).rotate(lambda blob: None)
    (workspace.record_folder / "keys").write_bytes(content)
    assert "wrapped keys are damaged" in refusal(workspace).what and "backup" in refusal(workspace).remedy


def test_lost_wrapped_keys_are_told(workspace: Workspace, held: dict[str, bytes]) -> None:
    KeyRotation(workspace).rotate(lambda blob: None)
    (workspace.record_folder / "keys").unlink()
    with pytest.raises(StoreError, match="sealed with another key") as refused:
        Record.open(workspace).deliveries()
    assert "record/keys if that file is missing" in refused.value.remedy


def test_moving_a_key_file_to_where_it_is_is_refused(workspace: Workspace, held: dict[str, bytes]) -> None:
    with pytest.raises(StoreError, match="already") as refused:
        KeyRotation(workspace).move("file")
    assert "key rotate" in refused.value.remedy


@pytest.mark.parametrize("by", ["file", "keyring", "passphrase"])
def test_a_new_workspace_is_kept_as_asked(
    tmp_path: Path, drawer: Drawer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], by: str
) -> None:
    monkeypatch.delenv("COMPENDIUM_KEY_FILE", raising=False)
    monkeypatch.setenv(passphrase.NEW, WORDS)
    assert main(["new", str(tmp_path / "ours"), "--custody", by]) == 0
    assert main(["key", "check", "--workspace", str(tmp_path / "ours")]) == 0
    assert {"file": "in the file", "keyring": "in the keyring", "passphrase": "in a passphrase"}[by] in (
        capsys.readouterr().out
    )
    assert (len(drawer.held), (tmp_path / "ours.key").exists()) == (int(by == "keyring"), by == "file")
