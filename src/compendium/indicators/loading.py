"""The catalogue: every indicator file of the shipped and the council's own folders, or every fault of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from compendium import words
from compendium.engine.dialect_reading import did_you_mean
from compendium.engine.dialect_texts import Misspelt, Texts, misspelt, returned
from compendium.errors import ComputeError, IndicatorError
from compendium.indicators.placing import looked_up_by
from compendium.indicators.reading import read_indicator
from compendium.indicators.rules import Fault, Rule, check_rules, read_rules
from compendium.indicators.shape import NOT_RECORDED, Example, Indicator
from compendium.indicators.views import Views, coded, read_views
from compendium.record.tables import TABLES
from compendium.workspace import Workspace

HERE = Path(__file__).parent
SHIPPED = HERE / "catalogue"
MODEL = HERE / "model"
REGISTER = "register.yaml"  # of what was recorded; it may lie beside indicators


class Catalogue(Mapping[str, Indicator]):
    """Indicators by id, in the order of their themes and files, the views they read and the rules they share."""

    def __init__(self, indicators: Mapping[str, Indicator], views: Views, rules: Mapping[str, Rule]) -> None:
        self._indicators, self.views, self.rules = dict(indicators), views, rules

    def __getitem__(self, name: str) -> Indicator:
        return self._indicators[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._indicators)

    def __len__(self) -> int:
        return len(self._indicators)

    def require(self, name: str) -> Indicator:
        """The indicator of that id. ComputeError says which was meant."""
        if name not in self._indicators:
            raise ComputeError(f"there is no indicator {name!r}", expected=did_you_mean(name, self._indicators))
        return self._indicators[name]

    def rules_of(self, indicator: Indicator) -> list[Rule]:
        """The shared rules that it stands on: those its own SQL names, and those of the views behind it."""
        queries = list(indicator.row_sets.values())
        behind = self.views.behind(looked_up_by(indicator).union(*(query.tables for query in queries)))
        views = {name: self.views.views[name].query for name in behind if name in self.views.views}
        named = frozenset().union(*(query.parameters for query in queries))
        named |= {str(indicator.matures.count)} if indicator.matures else set()
        texts = frozenset().union(*(query.texts for query in queries))
        for name, query in views.items():
            said = texts.union(*(other.texts for each, other in views.items() if each != name))
            wanted = {each for each in query.parameters if not self.rules[each].kinds or self.rules[each].kinds & said}
            named |= wanted
        return [rule for name, rule in self.rules.items() if name in named]


def load_catalogue(folders: Iterable[Path], model: Path = MODEL, workspace: Workspace | None = None) -> Catalogue:
    """Raises IndicatorError with every fault of every file, each with its line. workspace: whose rules words name."""
    catalogue, faults = read_catalogue(folders, model, workspace)
    if faults:
        raise IndicatorError(
            f"{words.plural(len(faults), 'fault')} in the catalogue\n"
            + "\n".join(f"  {file}, line {line}: {what}" for file, line, what in faults)
        )
    return catalogue


def read_catalogue(
    folders: Iterable[Path], model: Path = MODEL, workspace: Workspace | None = None
) -> tuple[Catalogue, list[Fault]]:
    """The indicators without a fault, and the faults of the others. WorkspaceError for a rule set wrongly."""
    rules, faults = read_rules()
    if workspace is not None:
        check_rules(rules, workspace)
    views, wrong_views = read_views(model, rules)
    faults += wrong_views
    indicators: dict[str, Indicator] = {}
    files: dict[str, Path] = {}
    for folder in folders:
        faults += _astray(folder, workspace)
        for file in sorted(each for each in folder.rglob("*.yaml") if each.name != REGISTER):
            if file.stem in files:
                faults.append((file, 1, f"the id {file.stem} is taken by {files[file.stem]}"))
                continue
            files[file.stem] = file
            indicator, wrong = read_indicator(file, file.read_text(encoding="utf-8"), views.relations, rules, workspace)
            faults += [(file, line, what) for line, what in sorted(wrong)]
            if indicator is not None:
                indicators[file.stem] = indicator
    for indicator in indicators.values():
        faults += _unknown_names(indicator, files)
        faults += _misspelt(indicator, views)
    return Catalogue(indicators, views, rules), faults


def _astray(folder: Path, workspace: Workspace | None) -> list[Fault]:
    """A council's own files that would not be read, or belong to no theme."""
    if workspace is None or folder != workspace.own_catalogue:
        return []
    faults = [
        (file, 1, f"an indicator's file ends in .yaml: call it {file.stem}.yaml") for file in folder.rglob("*.yml")
    ]
    loose = [file for file in folder.glob("*.yaml") if file.name != REGISTER]
    return faults + [(file, 1, f"a file lies in the folder of its theme: front_door/{file.name}") for file in loose]


def _unknown_names(indicator: Indicator, files: Mapping[str, Path]) -> list[Fault]:
    """The other indicators it names must exist, or be a quartile of its own."""
    text = indicator.file.read_text(encoding="utf-8").splitlines()
    faults = []
    named = [("variant_of", indicator.variant_of), ("counterweight", indicator.counterweight)]
    named += [("moved_by", name) for name in indicator.moved_by]
    named += [("show", name) for name in indicator.show_with if name not in ("p25", "p75")]
    for key, name in named:
        if name and name not in files:
            line = next((at for at, each in enumerate(text, start=1) if each.startswith(f"{key}:")), 1)
            faults.append((indicator.file, line, f"{key}: there is no indicator {name}; {did_you_mean(name, files)}"))
    return faults


def _misspelt(indicator: Indicator, views: Views) -> list[Fault]:
    """What its SQL or its examples name and no column there ever holds: it would be found nowhere, in silence."""
    queries = [query.tree for each in indicator.definitions for query in each.row_sets.values()]
    wrong = [each for tree in queries if tree is not None for each in misspelt(tree, views.texts)]
    text = indicator.file.read_text(encoding="utf-8").splitlines()
    faults = {}
    for each in wrong:
        line = next((at for at, said in enumerate(text, start=1) if f"'{each.text}'" in said), 1)
        faults[line, each] = str(each)
    parts = {
        name: held | {NOT_RECORDED}
        for query in indicator.row_sets.values()
        if query.tree is not None
        for name, held in returned(query.tree, views.texts).items()
    }
    for example in indicator.examples:
        for each in _misdrawn(example, parts):
            faults[example.line, each] = f"the example: {each}"
    return [(indicator.file, line, what) for (line, _), what in faults.items()]


def _misdrawn(example: Example, parts: Texts) -> Iterator[Misspelt]:
    """Codes that a drawn table cannot hold, and parts that are expected and can never come."""
    for table, rows in example.given.items():
        held = coded(table) if table in TABLES else {}
        for row in rows:
            for name in held.keys() & row.keys():
                if (drawn := row[name]) is not None and drawn not in held[name]:
                    yield Misspelt(f"{table}.{name}", drawn, held[name])
    expected = {f"by_{name}": values for name, values in example.expect.get("by", {}).items()}
    for column, values in {**expected, "category": example.expect.get("categories", {})}.items():
        for each in map(str, values):
            if each not in parts.get(column, {each}):
                yield Misspelt(column, each, parts[column])
