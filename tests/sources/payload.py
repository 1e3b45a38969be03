"""A payload of the API, drawn: only what a test is about is said, the rest is as the API's builder gives it."""

from __future__ import annotations

import json
from typing import Any

Node = dict[str, Any]


def api_child(*episodes: Node, identity: str = "a1", details: Node | None = None, **more: Any) -> Node:
    """A child that comes whole."""
    about = {
        "first_name": "Zebedee", "surname": "Quux", "date_of_birth": "2010-05-04", "sex": "F", "ethnicity": "WBRI",
        "disabilities": ["NONE"], "postcode": "ZZ99 9ZZ", "uasc_flag": False, "purge": False,
    }  # fmt: skip
    return {
        "la_child_id": identity,
        "mis_child_id": f"M{identity}",
        "purge": False,
        "child_details": about | (details or {}),
        **more,
        "social_care_episodes": list(episodes),
    }


def episode(referred: str = "2016-05-04", **blocks: Any) -> Node:
    """An episode around what followed; `referred` empty for none, as in a payload of changes."""
    day = {"referral_date": referred, "referral_source": "6", "referral_no_further_action_flag": False}
    return {"social_care_episode_id": "E1", **(day if referred else {}), **blocks, "purge": False}


def payload(*children: Any, **head: str) -> str:
    """The children under `Children`, with the authority's code and what else the wrapper says."""
    return json.dumps({"la_code": "999", **head, "Children": list(children)})


def complete(*children: Any, begins: str = "2015-04-01", ends: str = "2017-02-03") -> str:
    """The same, which says that it is complete."""
    return payload(*children, complete_from=begins, complete_to=ends)
