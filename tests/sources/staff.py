"""A workforce census, drawn."""

from __future__ import annotations


def workforce(*workers: str, on: str = "2016-09-30", authority: str = "", year: str = "") -> str:
    """The return around its workers; `authority` is what LALevelVacancies holds."""
    reference = f"<ReferenceDate>{on}</ReferenceDate>" if on else ""
    vacancies = f"<LALevelVacancies>{authority}</LALevelVacancies>\n" if authority else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<Message>\n<Header>\n<CollectionDetails><Collection>CSWW</Collection>'
        f"<Year>{year or on[:4]}</Year>{reference}</CollectionDetails>\n"
        "<Source><LEA>999</LEA><SoftwareCode>Payroll</SoftwareCode><DateTime>2017-01-20T10:00:00</DateTime></Source>\n"
        f"</Header>\n{vacancies}" + "\n".join(workers) + "\n</Message>\n"
    )


def worker(number: str = "SW1", **elements: str) -> str:
    """One worker: the elements named, and an own post of a case holder where nothing else is said."""
    given = {"AgencyWorker": "0", "SWENo": number, "FTE": "1", "OrgRole": "5", "RoleStartDate": "2015-01-05"} | elements
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in given.items() if text)
    return f"<CSWWWorker>{inside}</CSWWWorker>"
