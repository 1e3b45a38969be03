"""The tables of the SSDA903 return: their columns, how each is read, and what it becomes.

A table is drawn one column a line: its header, the kind of its reading (`ssda903_values.py`), the column that it
becomes (`-`: known, and not kept) and other names it goes by. A header may stand in several lines.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from compendium.sources.cells import squeezed

ALIKE = 0.85  # how alike a misspelt header is to the true one, at least


@dataclass(frozen=True)
class ReturnColumn:
    """header: in capitals, as the guide has it. becomes: a column of the canonical table; '' for none."""

    header: str
    kind: str
    becomes: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReturnTable:
    """feeds: the canonical table. told_by: the headers that tell this table from others.

    days: headers whose days tell the year of the return. covers: canonical tables of which the return
    has every event of its year. partly: those of which it has a part, or what was so once in the year.
    """

    name: str
    feeds: str
    told_by: tuple[str, ...]
    columns: tuple[ReturnColumn, ...]
    days: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """Each header once, in the order of the guide."""
        return tuple(dict.fromkeys(column.header for column in self.columns))

    def places(self, header: Sequence[object]) -> dict[str, int]:
        """The table's headers -> where each stands among those given: exactly, by another name, or misspelt."""
        keys = [squeezed(str(cell)) for cell in header]
        found: dict[str, int] = {}
        for column in self.columns:
            for name in (column.header, *column.others):
                if squeezed(name) in keys:
                    found.setdefault(column.header, keys.index(squeezed(name)))
        left = {keys[at]: at for at in range(len(keys)) if keys[at] and at not in found.values()}
        for name in self.headers:
            if name not in found and (near := difflib.get_close_matches(squeezed(name), left, 1, ALIKE)):
                found[name] = left.pop(near[0])
        return found


def _draw(
    name: str, feeds: str, told_by: str, drawing: str, *, days: str = "", covers: str = "", partly: str = ""
) -> ReturnTable:
    columns = []
    for line in drawing.strip().splitlines():
        header, kind, becomes, *others = line.split()
        columns.append(ReturnColumn(header, kind, becomes.strip("-"), tuple(others)))
    return ReturnTable(
        name, feeds, tuple(told_by.split()), tuple(columns), tuple(days.split()), tuple(covers.split()),
        tuple(partly.split()),
    )  # fmt: skip


# The first is read first: who came unaccompanied is told of header and episodes too.
RETURN_TABLES = (
    _draw("UASC", "person", "CHILD DUC", """
        CHILD  child     person_id  CHILDID CHILD_ID
        SEX    code:sex  sex        GENDER
        DOB    birth     dob
        DUC    nothing   -
        """),
    _draw("Header", "person", "CHILD DOB ETHNIC", """
        CHILD   child           person_id    CHILDID CHILD_ID
        SEX     code:sex        sex          GENDER
        DOB     birth           dob
        ETHNIC  code:ethnicity  ethnicity    ETHNICITY
        UPN     upn             upn_unknown
        MOTHER  nothing         -
        MC_DOB  nothing         -
        """),
    _draw("Episodes", "lac_episode", "CHILD DECOM RNE LS", """
        CHILD                child                         person_id       CHILDID CHILD_ID
        DECOM                day                           start_date
        RNE                  code:episode_start_reason     start_reason
        LS                   code:legal_status             legal_status
        CIN                  code:primary_need             need_code
        PLACE                code:placement_type           type            PL
        PLACE_PROVIDER       code:placement_provider       provider
        DEC                  day                           end_date
        REC                  code:care_end_reason          end_reason
        REASON_PLACE_CHANGE  code:placement_change_reason  change_reason
        HOME_POST            nothing                       -
        PL_POST              nothing                       -
        URN                  urn                           urn
        PL_DISTANCE          distance                      distance_hundredths
        PL_LOCATION          location                      location
        """, days="DECOM DEC", covers="lac_episode lac_period placement legal_status"),
    _draw("Reviews", "lac_review", "CHILD REVIEW REVIEW_CODE", """
        CHILD        child               person_id      CHILDID CHILD_ID
        DOB          nothing             -
        REVIEW       day                 review_date
        REVIEW_CODE  code:participation  participation
        """, days="REVIEW", covers="lac_review"),
    _draw("OC2", "lac_health", "CHILD SDQ_SCORE HEALTH_CHECK TEETH_CHECK", """
        CHILD                  child            person_id              CHILDID CHILD_ID
        DOB                    nothing          -
        SDQ_SCORE              score            sdq_score
        SDQ_REASON             code:sdq_reason  sdq_reason
        CONVICTED              flag             convicted
        HEALTH_CHECK           flag             health_check
        IMMUNISATIONS          flag             immunisations
        TEETH_CHECK            flag             dental_check
        HEALTH_ASSESSMENT      flag             health_assessment
        SUBSTANCE_MISUSE       flag             substance_misuse
        INTERVENTION_RECEIVED  flag             intervention_received
        INTERVENTION_OFFERED   flag             intervention_offered
        """, partly="lac_health"),
    _draw("OC3", "care_leaver_status", "CHILD DOB IN_TOUCH ACTIV ACCOM", """
        CHILD     child                   person_id                CHILDID CHILD_ID
        DOB       birth                   -
        IN_TOUCH  in_touch                in_touch
        IN_TOUCH  exclusion               exclusion
        ACTIV     activity                activity
        ACCOM     accommodation           accommodation
        ACCOM     suitable                is_suitable
        ACCOM     accommodation_excluded  accommodation_exclusion
        """, partly="care_leaver_status"),
    _draw("AD1", "adoption_decision", "CHILD DATE_INT DATE_MATCH", """
        CHILD        child    person_id         CHILDID CHILD_ID
        DOB          nothing  -
        DATE_INT     day      decision_date
        DATE_MATCH   day      matched_date
        FOSTER_CARE  flag     adopted_by_carer
        NB_ADOPTR    nothing  -
        SEX_ADOPTR   nothing  -
        LS_ADOPTR    nothing  -
        """, days="DATE_MATCH"),
    _draw("Placed for adoption", "adoption_decision", "CHILD DATE_PLACED", """
        CHILD                 child                          person_id        CHILDID CHILD_ID
        DOB                   nothing                        -
        DATE_PLACED           day                            decision_date
        DATE_PLACED_CEASED    day                            reversed_date
        REASON_PLACED_CEASED  code:adoption_reversal_reason  reversed_reason
        """, days="DATE_PLACED DATE_PLACED_CEASED"),
    _draw("Previous permanence", "previous_permanence", "CHILD PREV_PERM", """
        CHILD      child                     person_id   CHILDID CHILD_ID
        DOB        nothing                   -
        PREV_PERM  code:previous_permanence  kind
        LA_PERM    text                      authority
        DATE_PERM  birth                     order_date
        """),
    _draw("Missing", "missing_episode", "CHILD MISSING MIS_START", """
        CHILD      child              person_id   CHILDID CHILD_ID
        DOB        nothing            -
        MISSING    code:missing_kind  kind
        MIS_START  day                started_on
        MIS_START  moment             started_at
        MIS_END    moment             ended_at
        """, days="MIS_START", partly="missing_episode"),
    _draw("Social workers", "involvement", "CHILD SW_ID SW_DECOM", """
        CHILD      child    person_id   CHILDID CHILD_ID
        DOB        nothing  -
        SW_ID      worker   worker_id
        SW_DECOM   day      start_date
        SW_DEC     day      end_date
        SW_REASON  nothing  -
        """, days="SW_DECOM SW_DEC", partly="involvement"),
    _draw("DoLo", "deprivation_of_liberty", "CHILD DOLO_START", """
        CHILD       child    person_id   CHILDID CHILD_ID
        DOB         nothing  -
        DOLO_START  day      start_date
        DOLO_END    day      end_date
        """, days="DOLO_START DOLO_END", covers="deprivation_of_liberty"),
)  # fmt: skip

# Headers of an expanded return: what the department works out from the postcodes when a return is handed in.
EXPANDED = frozenset({"PL_DISTANCE", "PL_LOCATION"})
# Headers that tools put beside the guide's: whose the row is, and of the return of which year.
ADDED = {"LA": "authority", "YEAR": "year"}


def table_of(header: Sequence[object]) -> ReturnTable | None:
    """The table whose telling headers are all there; of several, the one that explains most of the headers."""
    if not any(squeezed(str(cell)) in ("child", "childid") for cell in header):
        return None
    told = []
    for table in RETURN_TABLES:
        found = table.places(header)
        if all(name in found for name in table.told_by):
            told.append((len(table.told_by), len(found), table))
    return max(told, key=lambda each: each[:2])[2] if told else None
