"""What is known of a delivery that has been loaded: its manifest. It names no child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from compendium.record.coverage import Coverage
from compendium.record.ledger import Count

# Of deliveries received on one day the richer format is believed, in whatever order they were loaded;
# the record knows formats by these names only. The later of two loads decides within one format.
PRECEDENCE = (
    "published statistics", "workforce census", "Annex A", "CIN census", "SSDA903", "DfE API",
    "Standard Safeguarding Dataset", "local table",
)  # fmt: skip


@dataclass(frozen=True)
class TableManifest:
    """How a table of the delivery is stored: its rows, its columns, and the sets of columns that rows supply."""

    rows: int
    columns: tuple[str, ...]
    supplies: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class DeliveryInfo:
    """One delivery of the record. `sequence` counts loads; `received_on` decides what is newer."""

    delivery_id: str
    sequence: int
    source_format: str
    file_name: str
    sha256: str
    la_code: str | None
    authority_override: str | None
    received_on: date
    reference_date: date | None
    extracted_on: date | None
    software: str | None
    units: Mapping[str, Count]
    coverage: tuple[Coverage, ...]
    findings: Mapping[str, int]  # severity -> how many entries of the ledger
    tables: Mapping[str, TableManifest]
    unread: tuple[str, ...] = ()  # tables it covers of which it had rows that could not be read (see `unread`)

    @property
    def order(self) -> tuple[date, int, int, str]:
        """Oldest first: by the day received, then by format, then as loaded."""
        rank = PRECEDENCE.index(self.source_format) if self.source_format in PRECEDENCE else len(PRECEDENCE)
        return (self.received_on, rank, self.sequence, self.delivery_id)

    @property
    def tells_until(self) -> date:
        """The day up to which it tells what happened, which may be long before it was received."""
        return self.reference_date or self.received_on

    def speaks_of(self, table: str) -> bool:
        """Whether it has rows of a table, or says that there are none."""
        return table in self.tables or any(one.table == table for one in self.coverage)

    def only(self, table: str) -> DeliveryInfo:
        """What it says of one table, and nothing else."""
        return replace(
            self,
            tables={name: stored for name, stored in self.tables.items() if name == table},
            coverage=tuple(one for one in self.coverage if one.table == table),
            unread=tuple(name for name in self.unread if name == table),
        )

    def as_json(self) -> dict[str, Any]:
        given = {name: getattr(self, name) for name in self.__dataclass_fields__}
        for name in ("received_on", "reference_date", "extracted_on"):
            given[name] = given[name] and given[name].isoformat()
        given["units"] = {unit: asdict(count) for unit, count in self.units.items()}
        given["coverage"] = [one.as_json() for one in self.coverage]
        given["tables"] = {name: asdict(table) for name, table in self.tables.items()}
        return given

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> DeliveryInfo:
        days = {
            name: date.fromisoformat(given[name]) if given[name] else None
            for name in ("received_on", "reference_date", "extracted_on")
        }
        return cls(
            **{
                **given,
                **days,
                "units": {unit: Count(**count) for unit, count in given["units"].items()},
                "unread": tuple(given.get("unread", ())),
                "coverage": tuple(Coverage.from_json(one) for one in given["coverage"]),
                "tables": {
                    name: TableManifest(
                        table["rows"], tuple(table["columns"]), tuple(tuple(each) for each in table["supplies"])
                    )
                    for name, table in given["tables"].items()
                },
            }
        )
