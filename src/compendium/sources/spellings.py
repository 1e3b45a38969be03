"""Codes written neither as the code nor as its label: only spellings of which one code can be meant.

A rule is matched against the whole of the words: small letters and digits with one space between, '&' as
'and'. Spellings that name only a group of codes ('White', 'Health', 'Foster placement') have no rule,
and stay unknown.
"""

# ruff: noqa: E501  a rule a line

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

# A code set off from the words beside it: 'GP [3A]', '(CIN RC8)', 'CLA - V2 - ...', "Code 'V2' is not mapped".
SET_OFF = re.compile(
    r"(?:^|\s)[(\[](?:CIN\s)?([A-Z0-9]{1,4})[)\]](?=$|[\s:.])|^(?:CIN|CLA)\s*[-:]\s*([A-Z]+\d[A-Z\d]?)\b(?=\s*[-:\s])"
    r"|^Code '([A-Z0-9]{1,4})' is not mapped$"
)
# A council's own division of a code, or whether the place is in its area: 'N1g - ...', 'R3OUT - ...', '[U3a]'.
DIVIDED = re.compile(r"(?:^|\[)([A-Z]{1,2}\d{1,2})(?:[a-z]|IN|OUT)\b(?=$|\s*[-:\]])")
DIVIDED_SETS = frozenset({"primary_need", "placement_type"})

# A council's own number may stand before an ethnicity: '(A.A2) White Irish', 'B4 - Mixed ...'.
NUMBER = r"(?:[a-z](?: ?[a-z]?\d{1,2})? )?"
MIXED = r"(?:mixed |dual |dual heritage |multiple ethnic groups? |multiple |or |and )*"
ASIAN = r"asian (?:or asian )?(?:british |brit )?(?:asian )?"
BLACK = r"black (?:or black |african caribbean black |african caribbean or black |black )?(?:british )?(?:black )?"
ABUSE = r"(?:abuse|injury|only|likelihood|of|the|and|child|multiple|categories|abu)"

RULES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "sex": (
        (r"1 male", "M"), (r"2 female", "F"),
        (r"(?:0 )?not (?:known|recorded|stated|specified)(?: recorded)?(?: (?:or )?unborn)?|unspecified|unborn unknown"
         r"|unknown not recorded unborn|gender unspecified|indeterminate gender|not specified indeterminate gender", "U"),
    ),
    "ethnicity": (
        (rf"{NUMBER}(?:white )+british|{NUMBER}white (?:english|welsh|scottish)|{NUMBER}(?:white )?english welsh"
         r" scottish northern irish (?:or )?british|white british english welsh scottish northern irish", "WBRI"),
        (rf"{NUMBER}white (?:white )?irish", "WIRI"),
        (rf"{NUMBER}(?:white )?(?:travell?er of irish (?:heritage|descent)|irish travell?er|travell?er irish heritage)", "WIRT"),
        (rf"{NUMBER}(?:white )?(?:gypsy(?: or)? roma|roma(?: or)? gypsy|gypsy|roma)", "WROM"),
        (rf"{NUMBER}(?:white )?any other white(?: ethnic)?(?: background)?|{NUMBER}white (?:any )?other"
         rf"(?: white)?(?: background)?|{NUMBER}(?:white )?other white(?: background)?", "WOTH"),
        (rf"{NUMBER}{MIXED}white (?:and )?black caribbean", "MWBC"),
        (rf"{NUMBER}{MIXED}white (?:and )?black african", "MWBA"),
        (rf"{NUMBER}{MIXED}white (?:and )?asian", "MWAS"),
        (rf"{NUMBER}(?:mixed {MIXED})?(?:any )?other mixed(?: multiple(?: ethnic)?)?(?: background)?"
         rf"|{NUMBER}mixed {MIXED}(?:any )?other(?: mixed)?(?: multiple)?(?: ethnic)?(?: background)?", "MOTH"),
        (rf"{NUMBER}(?:{ASIAN})?indian", "AIND"), (rf"{NUMBER}(?:{ASIAN})?pakistani", "APKN"),
        (rf"{NUMBER}(?:{ASIAN})?bangladeshi", "ABAN"),
        (rf"{NUMBER}(?:{ASIAN})?(?:any )?other asian(?: background)?|{NUMBER}{ASIAN}(?:any )?other(?: background)?", "AOTH"),
        (rf"{NUMBER}{BLACK}caribbean", "BCRB"), (rf"{NUMBER}{BLACK}african", "BAFR"),
        (rf"{NUMBER}(?:{BLACK})?(?:any )?other black(?: background)?|{NUMBER}{BLACK}(?:any )?other(?: background)?", "BOTH"),
        (rf"{NUMBER}(?:{ASIAN}|(?:chinese or )?other ethnic groups? )?chinese", "CHNE"),
        (rf"{NUMBER}(?:other ethnic groups? )?any other ethnic (?:group|background)", "OOTH"),
        (r"(?:refu )?refused(?: to (?:give|specify|say|disclose|answer))?|declined to give", "REFU"),
        (r"(?:nobt |[xz] )?(?:information )?not yet obtained", "NOBT"),
    ),
    "referral_source": (
        (r"(?:individuals?|ind) (?:family|family member|relative)(?: .*)?|family member(?: relative)?(?: or carer)?"
         r"|family member or relative(?: or carer)?|(?:grand)?parents?|mother|father|relative", "1A"),
        (r"(?:individuals?|ind) acquaintance(?: .*)?|acquaintance(?: inc.*)?|neighbours?|child ?minder", "1B"),
        (r"(?:individuals?|ind) self(?: referral)?|self(?: referral)?", "1C"),
        (r"(?:individuals?|ind) other(?: .*)?", "1D"),
        (r"(?:education )?(?:primary |secondary |special |nursery )?schools?", "2A"), (r"education services", "2B"),
        (r"(?:health(?: services)? )?(?:gp|general practitioner)(?: gp)?", "3A"),
        (r"(?:health(?: services)? )?health visitors?", "3B"), (r"(?:health(?: services)? )?school nurses?", "3C"),
        (r"(?:health(?: services)? )?other primary health(?: services?)?(?: .*)?", "3D"),
        (r"(?:health(?: services)? )?a and e(?: (?:department|dept))?(?: accident and emergency(?: department)?)?"
         r"|(?:health(?: services)? )?accident and emergency(?: department)?", "3E"),
        (r"(?:housing )?(?:la |local authority )?housing or housing association|housing|housing e g .*|housing (?:dept|department|association)", "4"),
        (r"(?:la|local authority) services social care(?: .*)?", "5A"),
        (r"(?:la|local authority) services other internal(?: .*)?", "5B"),
        (r"(?:la|local authority) services external(?: .*)?", "5C"),
        (r"(?:la|local authority) services early help(?: .*)?", "5D"),
        (r"police(?: .*)?", "6"), (r"other legal agency(?: .*)?|court|courts|probation(?: service)?|cafcass", "7"),
        (r"anonymous", "9"), (r"unknown|not known", "10"),
    ),
    "primary_need": (
        (r"(?:cin |c f |due to )*(?:n1 )?abuse or neglect(?: .*)?|abuse neglect", "N1"),
        (r"(?:cin |c f |due to )*child s disab?li?lity(?: (?:or )?illness)?", "N2"),
        (r"(?:cin |c f |due to )*parent(?:al|s|s) (?:illness or disability|disability or illness)(?: .*)?", "N3"),
        (r"(?:cin |c f |due to )*family in acute stress(?: .*)?", "N4"),
        (r"(?:cin |c f |due to )*family dysfunction(?:al)?(?: .*)?", "N5"),
        (r"(?:cin |c f )*(?:socially )?unacceptable behaviour(?: .*)?", "N6"),
        (r"(?:cin |c f |due to )*(?:family with )?low income(?: .*)?", "N7"),
        (r"(?:cin |c f |due to )*absent parenting(?: .*)?", "N8"),
        (r"(?:cin )?(?:n9 )?cases other than children in need(?: .*)?", "N9"), (r"(?:n0 )?not stated", "N0"),
    ),
    "closure_reason": (
        (r"(?:cin )?adopted|adoption order granted", "RC1"), (r"(?:cin |childrens )?died", "RC2"),
        (r"(?:cin )?residence order(?: granted)?|child arrangements? order(?: granted)?", "RC3"),
        (r"(?:cin )?special guardianship orders?(?: granted)?|case closed special guardianship order", "RC4"),
        (r"transfer(?:red)? to (?:services of )?(?:another|other) (?:la|local authority)", "RC5"),
        (r"(?:childrens )?transfer(?:red)? to adults? (?:social )?(?:care )?(?:services?|division)?", "RC6"),
        (r"(?:cin |services )?ceased for any other reason(?: .*)?", "RC7"),
        (r"case closed after assessment(?: no (?:further )?action(?: taken)?)?", "RC8"),
    ),
    "placement_provider": (
        (r"own (?:la )?provision(?: .*)?", "PR1"), (r"other (?:la|local authority)(?: provision)?", "PR2"),
        (r"other public provision(?: .*)?", "PR3"), (r"private provision", "PR4"),
        (r"voluntary(?: (?:or )?(?:third|3rd) sect(?:or)?)?(?: prov(?:ision)?)?", "PR5"),
        (r"parents or (?:op|other person) with (?:pr|parental responsibility)", "PR0"),
    ),
    "legal_status": (
        (r"interim care orders?(?: .*)?", "C1"), (r"full care orders?", "C2"), (r"placement order(?: granted)?", "E1"),
        (r"single period of accommodation under (?:section|s) ?20", "V2"), (r"emergency protection order", "L2"),
        (r"under police protection(?: and)? in (?:la|local authority) accommodation", "L1"),
        (r"under child assessment order and in local authority accommodation", "L3"),
        (r"remanded to (?:la|local authority) accommodation or to youth det?ention accommodation", "J1"),
    ),
    "accommodation_letter": (
        (r"with parents?(?: s)?(?: or| of)? relatives?(?: s)?|with parent s or relative s|parents or relatives", "B"),
        (r"community home(?: .*)?", "C"), (r"semi independent(?: .*)?", "D"), (r"supported lodgings(?: .*)?", "E"),
        (r"gone abroad", "G"), (r"deported", "H"), (r"ordinary lodgings(?: .*)?", "K"), (r"residence not known?", "R"),
        (r"no fixed abode(?: or)?(?: homeless)?|nfa homeless|homeless", "S"), (r"(?:the )?foyers?(?: .*)?", "T"),
        (r"independent living(?: .*)?", "U"), (r"emergency accommodation(?: .*)?", "V"),
        (r"bed and breakfast(?: .*)?", "W"), (r"in custody(?: .*)?", "X"), (r"other accommodation(?: .*)?", "Y"),
        (r"with former foster carers?(?: .*)?", "Z"),
    ),
}  # fmt: skip
# The department's extended codes of ethnicity, each a part of one of the codes in use.
EXTENDED: Mapping[str, str] = {
    extended: code
    for code, drawn in {
        "WBRI": "WENG WSCO WWEL WNIR WCOR WOWB",
        "WOTH": "WALB WBOS WCRO WGRC WGRE WGRK WITA WKOS WPOR WSER WTUC WTUK WTUR WEUR WEEU WWEU WOTW",
        "AOTH": "AAFR AKAO ANEP ASLT ASNL ASRO", "APKN": "AKPA AMPK AOPK",
        "BAFR": "BANN BAOF BCON BGHA BNGN BSLN BSOM BSUD", "BOTH": "BEUR BNAM BOTB",
        "CHNE": "CHKC CMAL COCH CSNG CTWN",
        "OOTH": "OAFG OARA OEGY OFIL OIRN OIRQ OJPN OKOR OKRD OLAM OLEB OLIB OMAL OMRC OPOL OTHA OVIE OYEM OOEG",
    }.items()
    for extended in drawn.split()
}  # fmt: skip
CATEGORIES = {"neglect": "NEG", "physical": "PHY", "sexual": "SAB", "emotional": "EMO"}


def spelt(set_name: str, written: str, known: Collection[str]) -> str | None:
    """The code that a spelling can only mean; None when it is none, or could be two. known: the codes of the set."""
    parts: set[str] = {part for found in SET_OFF.findall(written) for part in found if part in known}
    if set_name in DIVIDED_SETS:
        parts |= {part for part in DIVIDED.findall(written) if part in known}
    if len(parts) == 1:
        return parts.pop()
    words = " ".join(re.findall(r"[a-z0-9]+", re.sub("[&+]", " and ", written.lower())))
    if set_name == "abuse_category":
        return _category(words)
    if set_name == "ethnicity" and (extended := EXTENDED.get(words.partition(" ")[0].upper())):
        return extended
    codes = {code for rule, code in RULES.get(set_name, ()) if re.fullmatch(rule, words)}
    return codes.pop() if len(codes) == 1 else None


def _category(words: str) -> str | None:
    """One category named is that one, and more than one are multiple; nothing else may be named beside them."""
    named = {CATEGORIES[word] for word in words.split() if word in CATEGORIES}
    others = [word for word in words.split() if word not in CATEGORIES and not re.fullmatch(ABUSE, word)]
    if not named or others:
        return None
    return named.pop() if len(named) == 1 else "MUL"
