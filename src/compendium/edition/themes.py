"""The chapters: one a theme. A theme is a folder of the catalogue; one unknown here still gets its chapter."""

from __future__ import annotations

from compendium import words

_THEMES = {  # in the order of the journey of a child through the service, then people, practice and money
    "front_door": ("Front door", "Who gets in touch about a child, and how fast is it decided what to do?"),
    "early_help": ("Early help", "Which families are helped before they need a social worker?"),
    "assessments_cin": ("Assessments and children in need", "Are children's needs assessed in time?"),
    "s47_conferences": ("Enquiries and conferences", "Is a child at risk looked into and discussed in time?"),
    "cp_plans": ("Child protection plans", "How many children have a plan, and for how long?"),
    "cp_visits": ("Child protection visits", "Are children on a plan seen as often as they should be?"),
    "looked_after": ("Children looked after", "Are children in our care settled, seen and reviewed?"),
    "care_leavers": ("Care leavers", "How do young people fare after they leave our care?"),
    "adoption": ("Adoption", "How long do children wait for a family?"),
    "missing": ("Missing and exploited children", "Are children listened to after going missing, and who is at risk?"),
    "workforce": ("Workforce", "Are there enough social workers, and how much does each carry?"),
    "quality_assurance": ("Quality of practice", "What do audits say about our work?"),
    "partners": ("Partners", "Do other agencies play their part?"),
    "resources": ("Money and resources", "Does the money go where the children are?"),
}


def title(theme: str) -> str:
    return _THEMES[theme][0] if theme in _THEMES else words.upper_first(theme.replace("_", " "))


def lede(theme: str) -> str:
    """The question that the chapter answers; '' for a council's own theme."""
    return _THEMES[theme][1] if theme in _THEMES else ""


def place(theme: str) -> tuple[int, str]:
    """By which chapters are ordered: the known ones as drawn, a council's own after them."""
    known = list(_THEMES)
    return (known.index(theme) if theme in _THEMES else len(known), theme)
