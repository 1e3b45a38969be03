"""Reference cases: a file of inputs and what a method must make of them, in a form that any language can read.

The format is compendium-spc-cases/1: {"format": …, "cases": [{"id", "kind", "input", "expected", "tolerance"}, …]}.
The names of special causes, point types and icons are those of the package NHSRplotthedots; here alone they are
put together from our own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compendium.errors import CompendiumError, ComputeError, Place
from compendium.signals.funnel import INNER, OUTER, PROPORTION, Funnel
from compendium.signals.intervals import byar, exact_poisson, wilson
from compendium.signals.laney import p_prime, u_prime
from compendium.signals.patterns import members, on_one_side, trends, two_of_three
from compendium.signals.quartiles import standing
from compendium.signals.rare import g_chart, t_chart
from compendium.signals.xmr import FEWEST, Point, Rules, XmR, assurance, xmr

FORMAT = "compendium-spc-cases/"
LENGTH = 7
CAUSES = {
    ("outside", 1): "Above UCL", ("outside", -1): "Below LCL",
    ("trend", 1): "7 Point Trend (Increasing)", ("trend", -1): "7 Point Trend (Decreasing)",
    ("two_of_three", 1): "2 in 3 Above CL", ("two_of_three", -1): "2 in 3 Below CL",
    ("run", 1): "7 Points Above CL", ("run", -1): "7 Points Below CL",
}  # fmt: skip
BETTER = {"increase": 1, "decrease": -1, "neutral": 0}
POLARITY = {"High": "higher", "Low": "lower"}


@dataclass(frozen=True)
class Failure:
    """A case that does not hold, and in what."""

    case: str
    what: str

    def __str__(self) -> str:
        return f"{self.case}: {self.what}"


def read_cases(path: Path) -> list[Mapping[str, Any]]:
    """The cases of a file. ComputeError when it is not of the format."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        cases = given["cases"]
        known = str(given["format"]).startswith(FORMAT) and all(
            isinstance(each, dict) and each.keys() >= {"id", "kind", "input", "expected"} for each in cases
        )
    except (OSError, ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise ComputeError(
            "this is no file of reference cases",
            where=Place(file=str(path)),
            expected=f'JSON with "format": "{FORMAT}1" and "cases", each with id, kind, input and expected',
        )
    return list(cases)


def failures(cases: Sequence[Mapping[str, Any]]) -> Iterator[Failure]:
    """Each way in which a case does not hold; at most one for each case."""
    for case in cases:
        method = METHODS.get(str(case["kind"]))
        if method is None:
            yield Failure(case["id"], f"there is no method for the kind {case['kind']}")
            continue
        try:
            answer = method(case["input"])
        except CompendiumError as fault:
            yield Failure(case["id"], str(fault))
            continue
        except (KeyError, TypeError, ValueError, IndexError) as fault:
            yield Failure(case["id"], f"its input cannot be read: {type(fault).__name__} {fault}")
            continue
        wrong = next(_differences("", case["expected"], answer, float(case.get("tolerance", 0))), None)
        if wrong:
            yield Failure(case["id"], wrong)


def _differences(where: str, expected: Any, answer: Any, tolerance: float) -> Iterator[str]:
    """What the answer lacks or has otherwise; what it has beside what is expected is no difference."""
    if isinstance(expected, dict):
        for name, value in expected.items():
            if not isinstance(answer, dict) or name not in answer:
                yield f"{where}{name}: expected {value}, got nothing"
            else:
                yield from _differences(f"{where}{name}: ", value, answer[name], tolerance)
    elif isinstance(expected, list):
        if not isinstance(answer, list) or len(answer) != len(expected):
            yield f"{where}expected {len(expected)} of them, got {answer}"
            return
        for at, (one, other) in enumerate(zip(expected, answer, strict=True)):
            yield from _differences(f"{where}[{at}]: ", one, other, tolerance)
    elif _is_number(expected) and _is_number(answer):
        if not abs(expected - answer) <= tolerance:
            yield f"{where}expected {expected}, got {answer}"
    elif expected != answer:
        yield f"{where}expected {expected}, got {answer}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _xmr(given: Mapping[str, Any]) -> dict[str, Any]:
    rules = Rules(LENGTH, given["two_sigma_rule"], given["screen_outliers"], given["fix_after_n_points"])
    chart = xmr(given["values"], rules, given["rebase"])
    better = BETTER[given["improvement_direction"]]
    last = chart.segments[-1]
    target = given["target"]
    sure = None
    if better and target is not None and last.low is not None and last.high is not None:
        sure = assurance(last.low, last.high, target, better > 0)
    return {
        "segments": _segments(chart),
        "special_cause_type": [_cause(each) for each in chart.points],
        "point_type": [_type(each, better) for each in chart.points],
        "variation_icon": _icon(chart.last, better),
        "assurance": sure,
    }


def _segments(chart: XmR) -> list[dict[str, Any]]:
    told = []
    for each in chart.segments:
        near = each.inner or (None, None)
        told.append(
            {
                "start": each.start, "n": each.size, "mean": each.mean, "amr": each.moving_range,
                "moving_ranges_screened": each.screened, "lpl": each.low, "upl": each.high, "two_sigma_low": near[0],
                "two_sigma_high": near[1], "short_segment_warning": each.size < FEWEST,
            }
        )  # fmt: skip
    return told


def _cause(point: Point) -> str:
    return CAUSES[point.pattern, point.sign] if point.pattern else "Common Cause"


def _type(point: Point, better: int) -> str:
    if point.pattern is None:
        return "common_cause"
    if better == 0:
        return f"special_cause_neutral_{'high' if point.sign > 0 else 'low'}"
    return f"special_cause_{'improvement' if point.sign == better else 'concern'}"


def _icon(point: Point, better: int) -> str:
    kind = _type(point, better).removeprefix("special_cause_")
    if kind in ("improvement", "concern"):
        # The icon shows which way is better, not which way the point lies: a concern is low where high is better.
        high = (kind == "improvement") == (better > 0)
        return f"{kind}_{'high' if high else 'low'}"
    return kind


def _rule(given: Mapping[str, Any]) -> Any:
    match given["rule"]:
        case "assurance":
            better = BETTER[given["improvement_direction"]]
            return assurance(given["lpl"], given["upl"], given["target"], better > 0) if better else None
        case "seventh_point_one_side":
            return on_one_side(given["relative_to_mean"], LENGTH)
        case "seventh_point_of_trend":
            return trends(given["values"], LENGTH)
        case "mark_last_seven":
            return [abs(sign) for sign in members(given["flags"], LENGTH)]
        case "in_any_two_in_three_window":
            return two_of_three(given["close_to_limit"], given["relative_to_mean"])
    raise ComputeError(f"there is no rule {given['rule']}")


def _interval(given: Mapping[str, Any]) -> dict[str, float]:
    match given["method"]:
        case "wilson":
            made = wilson(given["x"], given["n"], given["confidence"])
        case "byars":
            made = byar(given["x"], given["confidence"])
        case "exact_poisson":
            made = exact_poisson(given["x"], given["confidence"])
        case other:
            raise ComputeError(f"there is no interval {other}")
    return {"lower": made.low, "upper": made.high}


def _laney(given: Mapping[str, Any], chart: Callable[..., Any]) -> dict[str, Any]:
    made = chart(given["numerator"], given["denominator"])
    lows, highs = ([None if each is None else each[side] for each in made.limits] for side in (0, 1))
    plain = [None if each is None else each[0] for each in made.plain]
    return {"centre": made.centre, "sigma_z": made.sigma_z, "lcl": lows, "ucl": highs, "lcl_p_chart": plain}


def _t_chart(given: Mapping[str, Any]) -> dict[str, float]:
    made = t_chart(given["days_between"])
    return {"centre": made.centre, "lcl": made.low, "ucl": made.high}


def _g_chart(given: Mapping[str, Any]) -> dict[str, float]:
    made = g_chart(given["events_between"])
    return {"mean": made.mean, "centre_median": made.centre, "lcl": made.low, "ucl": made.high}


def _funnel(given: Mapping[str, Any]) -> dict[str, float]:
    made = Funnel(PROPORTION, given["average_percent"] / 100)
    inner, outer = (made.limits(given["denominator"], share) for share in (INNER, OUTER))
    names = ("lower_95", "upper_95", "lower_998", "upper_998")
    return {name: 100 * limit for name, limit in zip(names, (*inner, *outer), strict=True)}


def _standing(given: Mapping[str, Any]) -> dict[str, Any]:
    values = given["values"]
    better = POLARITY.get(given["polarity"], "neither")
    made = standing(values, values[given["focus_index"]], better)  # type: ignore[arg-type]
    return {"band": made.band or "-", "rank": made.rank, "ties": "min", "quartiles": list(made.quartiles)}


METHODS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "xmr": _xmr,
    "rule": _rule,
    "interval": _interval,
    "p_prime": lambda given: _laney(given, p_prime),
    "u_prime": lambda given: _laney(given, u_prime),
    "t_chart": _t_chart,
    "g_chart": _g_chart,
    "funnel_proportion": _funnel,
    "quartile_rank": _standing,
}
