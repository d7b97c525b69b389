"""A target beside last year's result: which is higher, and by how much, where the two may be compared at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """`direction` is higher | lower | equal | not-comparable; `difference` (target minus result) only where comparable."""

    direction: str
    difference: float | int | None = None
    unit: str = ""


def compare(target: Mapping[str, Any]) -> Comparison | None:
    """The comparison of a ledger target with its baseline; None where it has none.

    A difference is computed only for the same indicator, unit and scope, which a person states as `comparable`.
    """
    baseline = target.get("baseline")
    if not baseline:
        return None
    wanted, reached = target["value"], baseline["value"]
    same_unit = (baseline.get("unit") or target.get("unit")) == target.get("unit")
    if (
        not baseline.get("comparable")
        or not same_unit
        or not all(isinstance(v, (int, float)) for v in (wanted, reached))
    ):
        return Comparison("not-comparable")
    difference = round(wanted - reached, 6)
    direction = "higher" if difference > 0 else "lower" if difference < 0 else "equal"
    unit = "个百分点" if target.get("unit") == "%" else target.get("unit") or ""
    return Comparison(direction, abs(difference), unit)
