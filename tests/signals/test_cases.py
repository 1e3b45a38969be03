"""Files of reference cases: ours and the shared ones, and what a case that fails is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from compendium.errors import ComputeError
from compendium.signals.cases import METHODS, failures, read_cases

STEADY = [10.0, 12.0] * 6


def case(kind: str, given: dict[str, Any], expected: Any, tolerance: float = 1e-9) -> dict[str, Any]:
    return {"id": "a", "kind": kind, "input": given, "expected": expected, "tolerance": tolerance}


def chart(**given: Any) -> dict[str, Any]:
    return {
        "values": STEADY, "rebase": [], "fix_after_n_points": None, "screen_outliers": True,
        "improvement_direction": "increase", "target": None, "two_sigma_rule": "between_2_and_3_sigma", **given,
    }  # fmt: skip


@pytest.mark.shared
def test_every_shared_case_holds(shared: Path) -> None:
    cases = read_cases(shared / "cases" / "spc_cases.json")
    assert len(cases) == 78
    assert [str(each) for each in failures(cases)] == []


@pytest.mark.shared
def test_the_shared_cases_use_every_method_but_those_of_rates(shared: Path) -> None:
    kinds = {each["kind"] for each in read_cases(shared / "cases" / "spc_cases.json")}
    assert kinds == METHODS.keys() - {"u_prime"}


def test_an_icon_shows_which_way_is_better() -> None:
    low = [*STEADY, 1.0]
    for better, icon in (("increase", "concern_low"), ("decrease", "improvement_low"), ("neutral", "neutral_low")):
        given = chart(values=low, fix_after_n_points=12, improvement_direction=better)
        assert list(failures([case("xmr", given, {"variation_icon": icon})])) == []


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (case("xmr", chart(), {"segments": [{"mean": 12.0}]}), "segments: [0]: mean: expected 12.0, got 11.0"),
        (case("xmr", chart(), {"assurance": "inconsistent"}), "assurance: expected inconsistent, got None"),
        (case("xmr", chart(), {"unheard_of": 1}), "unheard_of: expected 1, got nothing"),
        (case("interval", {"method": "guess", "x": 1, "n": 2, "confidence": 0.95}, {}), "there is no interval guess"),
        (case("interval", {"method": "wilson"}, {}), "its input cannot be read: KeyError 'x'"),
        (case("tarot", {}, {}), "there is no method for the kind tarot"),
        (case("rule", {"rule": "mark_last_seven", "flags": [0]}, [0, 0]), "expected 2 of them, got [0]"),
        (case("g_chart", {"events_between": [3]}, {}), "fewer than two gaps between events"),
    ],
)
def test_a_case_that_fails_says_in_what(given: dict[str, Any], what: str) -> None:
    (failure,) = failures([given])
    assert what in str(failure) and str(failure).startswith("a: ")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "other/1", "cases": []}', '{"format": 1, "cases": [1]}'])
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "cases.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ComputeError, match="no file of reference cases"):
        read_cases(file)


def test_no_number_is_near_enough_to_what_is_none(tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    whole = {"format": "compendium-spc-cases/1", "cases": [case("g_chart", {"events_between": [3, 5]}, {"mean": None})]}
    file.write_text(json.dumps(whole), encoding="utf-8")
    assert [str(each) for each in failures(read_cases(file))] == ["a: mean: expected None, got 4.0"]
