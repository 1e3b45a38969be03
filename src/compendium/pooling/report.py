"""A pool as other programs read it. null means that there is none, never 0."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from compendium.pooling.pool import Pool
from compendium.pooling.pooled import Part, Pooled
from compendium.signals.funnel import INNER, OUTER


def as_json(pool: Pool, figures: Iterable[Pooled]) -> dict[str, Any]:
    return {
        "month": f"{pool.month:%Y-%m}",
        "authorities": [
            {
                "authority": each.code,
                "name": each.name,
                "file": each.file,
                "cut": each.header.cut.isoformat(),
                "months": [f"{each.header.first:%Y-%m}", f"{each.header.last:%Y-%m}"],
                "program": each.header.program,
            }
            for each in pool.members.values()
        ],
        "expected": None if pool.expected is None else sorted(pool.expected),
        "missing": [{"authority": each.code, "name": each.name, "why": each.why} for each in pool.missing],
        "figures": [_figure(pool, each) for each in figures],
        "never_added": [{"indicator": name, "why": why} for name, why in pool.not_added.items()],
        "unknown_indicators": [{"indicator": name, "held_by": names} for name, names in sorted(pool.unknown.items())],
        "files_not_read": list(pool.unread),
    }


def _figure(pool: Pool, pooled: Pooled) -> dict[str, Any]:
    beside = pool.beside(pooled.definition)
    return {
        "indicator": pooled.definition.id,
        "definition_version": pooled.definition.definition_version,
        "period": f"{pooled.month:%Y-%m}",
        "basis": pooled.basis,
        "breakdown": None if pooled.category is None else {"category": pooled.category},
        "numerator": pooled.numbers.numerator,
        "denominator": pooled.numbers.denominator,
        "value": _float(pooled.value),
        "rate": _float(pooled.rate),
        "excluded": dict(pooled.numbers.excluded),
        "status": pooled.numbers.status,
        "funnel": _funnel(pooled),
        "parts": [_part(pooled, part) for part in pooled.parts],
        "left_out": [{"authority": code, "why": why} for code, why in pooled.left_out.items()],
        "not_in_the_rate": pooled.without_children,
        "counterweight": None if beside is None else beside.id,
        "rules": {rule.name: {"value": rule.value, "default": rule.default} for rule in pool.rules(pooled.definition)},
    }


def _funnel(pooled: Pooled) -> dict[str, Any] | None:
    found = pooled.funnel
    if found is None:
        return None
    return {"kind": found.kind, "centre": found.centre, "spread": found.spread, "widened": found.widened}


def _part(pooled: Pooled, part: Part) -> dict[str, Any]:
    """Limits are those of the compared value in whole units: a proportion from 0 to 1, a rate per unit of its size."""
    size = pooled.size(part)
    limits = {}
    if pooled.funnel is not None and size:
        limits = {
            "limits_95": list(pooled.funnel.limits(float(size), INNER)),
            "limits_998": list(pooled.funnel.limits(float(size), OUTER)),
        }
    return {
        "authority": part.code,
        "numerator": part.numbers.numerator,
        "denominator": part.numbers.denominator,
        "children": part.children,
        "value": _float(pooled.value_of(part)),
        "rate": _float(pooled.rate_of(part)),
        "rest": _float(pooled.rest(part)),
        "place": pooled.place(part),
        **limits,
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
