"""How a month stands to a target that people set."""

from __future__ import annotations

from decimal import Decimal

from compendium import words
from compendium.edition import sentences
from compendium.edition.edition import NO_HEADLINE, Reading, SetTarget
from compendium.engine.dialect_reading import did_you_mean
from compendium.errors import Place, WorkspaceError
from compendium.indicators.loading import Catalogue
from compendium.indicators.shape import Indicator
from compendium.workspace import FILE, Target, Workspace

LEAST = 10  # a share of fewer is not held against a target: one case more or less would decide


def check_targets(catalogue: Catalogue, workspace: Workspace) -> None:
    """A target must be of an indicator that there is, and of which more or less is better. Raises WorkspaceError."""
    for name in workspace.targets:
        where = Place(file=str(workspace.folder / FILE), column=f"targets.{name}")
        if name not in catalogue:
            raise WorkspaceError("there is no such indicator", where=where, expected=did_you_mean(name, catalogue))
        indicator = catalogue[name]
        if indicator.polarity == "neutral" or indicator.value in NO_HEADLINE:
            why = "has no one figure" if indicator.value in NO_HEADLINE else "is neutral: more is neither good nor bad"
            raise WorkspaceError(
                f"{name} {why}, so a target cannot be met or missed", where=where, remedy="take the target out"
            )


def held_against(indicator: Indicator, now: Reading, target: Target) -> SetTarget:
    """Met, missed within the tolerance, missed by more, or not judged, and why."""
    aim = _aim(indicator, target.value)
    origin = sentences.target_origin(aim, target.set_by, target.set_on)
    judgement, told = "not_judged", _why_not(now, target)
    if now.value is not None and not told:
        short = target.value - now.value if indicator.polarity != "lower_is_better" else now.value - target.value
        by, tolerance = (_amount(indicator, each) for each in (short, target.tolerance))
        if short <= 0:
            judgement, told = "met", sentences.TARGET_MET
        elif short <= target.tolerance:
            judgement, told = "within_tolerance", sentences.target_nearly(by, tolerance)
        else:
            judgement, told = "missed", sentences.target_missed(by, tolerance)
    return SetTarget(target.value, aim, target.tolerance, target.set_by, target.set_on, judgement, (origin, told))


def _why_not(now: Reading, target: Target) -> str:
    """Why a month is not judged; '' when it is."""
    if target.set_on > now.period:
        return sentences.TARGET_SET_LATER
    if now.value is None or now.is_provisional:
        return sentences.TARGET_NOT_JUDGED
    return sentences.target_of_few(LEAST) if now.denominator is not None and now.denominator < LEAST else ""


def _amount(indicator: Indicator, size: Decimal) -> str:
    """A distance from a target: points for percentages, the indicator's own unit for anything else."""
    if indicator.value not in ("percent", "share_gap"):
        return indicator.write(size)
    return words.points(size, 0 if _is_whole(size) else 1)


def _aim(indicator: Indicator, value: Decimal) -> str:
    """'95%': people set targets in whole numbers, and a decimal would claim a precision they did not mean."""
    return words.percent(value, 0) if indicator.value == "percent" and _is_whole(value) else indicator.write(value)


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()
