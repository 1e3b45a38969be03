"""python -m compendium.indicators.check [ID ...]: every fault of the shipped files, and their examples."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from compendium.indicators.examples import run_examples
from compendium.indicators.loading import SHIPPED, read_catalogue


def main(only: Sequence[str]) -> int:
    catalogue, faults = read_catalogue([SHIPPED])
    for file, line, what in faults:
        print(f"{file}, line {line}: {what}")
    unknown = [name for name in only if name not in catalogue]
    if unknown:
        print(f"not there, or faulty: {', '.join(unknown)}")
    chosen = [name for name in only or catalogue if name in catalogue]
    failures = run_examples(catalogue, chosen) if chosen else []
    for failure in failures:
        print(failure)
    examples = sum(len(catalogue[name].examples) for name in chosen)
    print(f"{len(chosen)} indicators, {examples} examples: {len(faults)} faults, {len(failures)} failures")
    return 1 if faults or failures or unknown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
