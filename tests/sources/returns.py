"""Drawn SSDA903 returns: a table a file, its rows as they stand in the CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.sources.desk import Desk

HEADERS = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "uasc": "CHILD,SEX,DOB,DUC",
    "oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
    "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    "oc3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
    "ad1": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
    "placed_for_adoption": "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
    "previous_permanence": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "sw_episodes": "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON",
    "dolo": "CHILD,DOB,DOLO_START,DOLO_END",
}

# One child in care from May 2016 to Christmas, who moved in September; one unaccompanied; and a care leaver.
RETURN = {
    "header": "101,2,04/05/2004,WBRI,UN2,,\n102,1,01/02/2000,AOTH,UN4,,\n103,M,10/06/1997,WBRI,,,",
    "episodes": "101,01/05/2016,S,C1,N1,U6,PR1,01/09/2016,X1,CARPL,AB1 2CD,EF3 4GH,SC123456\n"
    "101,01/09/2016,P,C1,N1,K2,PR4,24/12/2016,E4A,,AB1 2CD,EF5 6GH,SC654321",
    "reviews": "101,04/05/2004,27/05/2016,PN1\n101,04/05/2004,20/08/2016,PN6",
    "uasc": "102,1,01/02/2000,01/02/2018",
    "oc2": "101,04/05/2004,14,,0,,1,1,1,0,,",
    "oc3": "103,10/06/1997,YES,F2,U1",
    "missing": "101,04/05/2004,M,03/06/2016,05/06/2016",
}


def lines(table: str, rows: str) -> str:
    """A file of the return."""
    return f"{HEADERS[table]}\n{rows}\n"


def lay(desk: Desk, folder: str, tables: Mapping[str, str], name: str = "{}.csv") -> Path:
    """A folder of the return's files, as drawn."""
    place = desk.folder / folder
    place.mkdir(exist_ok=True)
    for table, rows in tables.items():
        (place / name.format(table)).write_text(lines(table, rows), encoding="utf-8")
    return place


def cells(tables: Mapping[str, str]) -> dict[str, Sequence[Sequence[str]]]:
    """The same as the sheets of a workbook."""
    return {table: [line.split(",") for line in lines(table, rows).splitlines()] for table, rows in tables.items()}


def xml(tables: Mapping[str, str], namespace: str = "") -> str:
    """The same as XML: what stands once for a child in the header, the rest in elements of their own."""
    blocks = {"episodes": "EPISODE", "reviews": "AREVIEW", "oc2": "OC2", "missing": "AMISSING"}
    children: dict[str, dict[str, str]] = {}
    for table, rows in tables.items():
        names = [{"CHILD": "CHILDID", "PLACE": "PL"}.get(name, name) for name in HEADERS[table].split(",")]
        for row in rows.splitlines():
            values = dict(zip(names, row.split(","), strict=True))
            child = children.setdefault(values["CHILDID"], {"header": "", "episodes": ""})
            own = "".join(
                f"<{name}>{value}</{name}>"
                for name, value in values.items()
                if name not in ("CHILDID", "DOB", "SEX") and value
            )
            shared = {name: values[name] for name in ("CHILDID", "DOB", "SEX") if name in values}
            for name, value in shared.items():
                if f"<{name}>" not in child["header"]:
                    child["header"] = f"<{name}>{value}</{name}>{child['header']}"
            if table == "episodes":
                child["episodes"] += f"<EPISODE>{own}</EPISODE>"
            else:
                block = blocks.get(table)
                child["header"] += f"<{block}>{own}</{block}>" if block else own
                child["header"] += "<UASC>1</UASC>" if table == "uasc" else ""
    inside = "\n".join(
        f"<CHILD><HEADER>{child['header']}</HEADER>{child['episodes']}</CHILD>" for child in children.values()
    )
    declared = f' xmlns="{namespace}"' if namespace else ""
    return f'<?xml version="1.0"?>\n<EXPSSDA903{declared}>\n{inside}\n</EXPSSDA903>\n'
