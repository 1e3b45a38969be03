"""A YAML file as plain values, with the line on which each stands, so that faults can name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

Path = tuple[str | int, ...]
# Written in C where PyYAML was built so: 120 rule files are read in a third of the time.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What the YAML reader says -> what was probably meant.
_MEANT = {
    "mapping values are not allowed": '; a text with a colon in it stands in quotes: "Note: ..."',
    "found a tab character": "; indent with spaces, not tabs",
    "cannot start any token": "; a text that begins with a sign such as @, ` or % stands in quotes",
}


@dataclass(frozen=True)
class Lined:
    """values: mappings, lists, text, whole numbers, true and false; everything else stays text as written.

    lines: for each path into the values, the line of the key or item; text_lines: the line on which the
    text of a value itself begins (for a block of SQL, the line after its key).
    """

    values: Any
    lines: dict[Path, int]
    text_lines: dict[Path, int]
    faults: tuple[tuple[int, str], ...]

    def line(self, *path: str | int) -> int:
        """The line of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_lined(text: str) -> Lined:
    """Never raises: what cannot be read is among the faults."""
    lines: dict[Path, int] = {(): 1}
    text_lines: dict[Path, int] = {}
    faults: list[tuple[int, str]] = []
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        meant = next((what for sign, what in _MEANT.items() if sign in str(fault.problem)), "")
        return Lined({}, lines, text_lines, ((line, f"this cannot be read as YAML: {fault.problem}{meant}"),))
    except yaml.YAMLError as fault:
        return Lined({}, lines, text_lines, ((1, f"this cannot be read as YAML: {fault}"),))
    values = {} if node is None else _value(node, (), lines, text_lines, faults)
    return Lined(values, lines, text_lines, tuple(faults))


def _value(
    node: yaml.Node, path: Path, lines: dict[Path, int], text_lines: dict[Path, int], faults: list[tuple[int, str]]
) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        made: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node)
            if key in made:
                faults.append((key_node.start_mark.line + 1, f"`{key}` is given twice"))
            lines[(*path, key)] = key_node.start_mark.line + 1
            made[key] = _value(value_node, (*path, key), lines, text_lines, faults)
        return made
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, (*path, at), lines, text_lines, faults) for at, each in enumerate(node.value)]
    block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    text_lines[path] = node.start_mark.line + (2 if block else 1)
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    """Text as written; only plain whole numbers, true, false and nothing become values of their own."""
    if not isinstance(node, yaml.ScalarNode):
        return "?"
    text = str(node.value)
    if node.style:  # in quotation marks, or a block
        return text
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:bool":
        return text.lower() in ("true", "yes", "on")
    if node.tag == "tag:yaml.org,2002:int" and text.lstrip("-").isdigit():
        return int(text)
    return text
