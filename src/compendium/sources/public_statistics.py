"""The department's public statistics API: which data sets a publication has, and each as the file it was made from.

Explore education statistics, version 1, open to all without a key. Asked for: `publications`, a publication's
`data-sets`, and of each `data-sets/{id}/versions/{version}` and `data-sets/{id}/csv`. What comes is kept as a delivery
like any other, with its release and its day beside it, and read by the reader of published statistics. A file is
there whole or not at all.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from compendium.errors import DeliveryError, Place

ADDRESS = "https://api.education.gov.uk/statistics/v1"
PUBLICATIONS = (
    "characteristics-of-children-in-need",
    "children-looked-after-in-england-including-adoptions",
    "children-s-social-work-workforce",
)
BY_HAND = "download the files from explore-education-statistics.service.gov.uk and load them: compendium load FILE"
PAGE = 20
MOST_PAGES = 100
PATIENCE = 60  # seconds without a byte
LARGEST = 500_000_000  # bytes of a file


@dataclass(frozen=True)
class DataSet:
    """One data set in its newest version. published: the day that version came out."""

    id: str
    title: str
    publication: str
    version: str
    published: date

    @property
    def file_name(self) -> str:
        """Says what it is, and ends with the day from which it counts as received."""
        named = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")[:80]
        return f"{named}_v{self.version}_{self.published.isoformat()}.csv"


@dataclass(frozen=True)
class PublicStatistics:
    """address: of the API's first version, without a closing stroke."""

    address: str = ADDRESS

    def data_sets(self, publication: str) -> list[DataSet]:
        """Those that are published, of a publication by its name in addresses.

        DeliveryError when the API cannot be reached, answers otherwise than it should, or has no such publication.
        """
        found = next((each for each in self._listed("publications") if each.get("slug") == publication), None)
        if found is None:
            raise self._refused(f"there is no publication {publication!r} in the department's API")
        listed = self._listed(f"publications/{urllib.parse.quote(str(found.get('id')))}/data-sets")
        return [_data_set(each, publication) for each in listed if each.get("status") == "Published"]

    def fetch(self, data_set: DataSet, folder: Path, today: date) -> tuple[Path, bool]:
        """The data set's file in the folder, and whether it had to be fetched: one that is there is not asked for
        again. DeliveryError as above; the folder is then as it was."""
        path = folder / data_set.file_name
        if path.is_file():
            return path, False
        folder.mkdir(parents=True, exist_ok=True)
        id, version = (urllib.parse.quote(each, safe="") for each in (data_set.id, data_set.version))
        release = self._json(f"data-sets/{id}/versions/{version}").get("release")
        where = f"data-sets/{id}/csv?dataSetVersion={version}"
        part = path.with_suffix(".part")
        try:
            self._save(where, part)
            note = {
                "publication": data_set.publication,
                "release": release.get("title") if isinstance(release, dict) else None,
                "data_set": data_set.title, "id": data_set.id,
                "version": data_set.version, "published": data_set.published.isoformat(),
                "fetched": today.isoformat(), "address": f"{self.address}/{where}",
            }  # fmt: skip
            path.with_suffix(".json").write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return path, True

    def _listed(self, where: str) -> Iterator[Mapping[str, Any]]:
        """Every result of a list that comes in pages."""
        for page in range(1, MOST_PAGES + 1):
            answer = self._json(f"{where}?{urllib.parse.urlencode({'page': page, 'pageSize': PAGE})}")
            results, paging = answer.get("results"), answer.get("paging")
            if not isinstance(results, list) or not isinstance(paging, dict):
                raise self._refused("it answered, but not with a list of results", where)
            yield from (each for each in results if isinstance(each, dict))
            if page >= int(paging.get("totalPages") or 1):
                return

    def _json(self, where: str) -> Mapping[str, Any]:
        with self._opened(where) as response:
            body = response.read(LARGEST)
        try:
            answer = json.loads(gzip.decompress(body) if _is_packed(response) else body)
        except (ValueError, OSError) as fault:
            raise self._refused("it answered, but not with JSON", where) from fault
        if not isinstance(answer, dict):
            raise self._refused("it answered, but not with an object", where)
        return answer

    def _save(self, where: str, path: Path) -> None:
        try:
            with self._opened(where) as response, path.open("wb") as file:
                shutil.copyfileobj(gzip.GzipFile(fileobj=response) if _is_packed(response) else response, file)
        except (OSError, EOFError) as fault:
            raise self._refused(f"the file did not come whole ({fault})", where) from fault

    def _opened(self, where: str) -> Any:
        """A response, to be closed. Redirects within the web are followed."""
        url = f"{self.address}/{where}"
        if urllib.parse.urlsplit(url).scheme not in ("https", "http"):
            raise self._refused("an address of the API begins with https://", where)
        asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", "User-Agent": "Compendium"})
        try:
            return urllib.request.urlopen(asked, timeout=PATIENCE)
        except urllib.error.HTTPError as fault:
            fault.close()
            told = {404: "it has nothing there", 429: "it has been asked too often: wait and try again"}
            raise self._refused(told.get(fault.code, f"it answered with {fault.code} {fault.reason}"), where) from fault
        except OSError as fault:
            reason = getattr(fault, "reason", fault)
            raise self._refused(f"the department's API could not be reached ({reason})", where) from fault

    def _refused(self, what: str, where: str = "") -> DeliveryError:
        return DeliveryError(what, where=Place(file=f"{self.address}/{where}".rstrip("/")), remedy=BY_HAND)


def _data_set(given: Mapping[str, Any], publication: str) -> DataSet:
    try:
        newest = given["latestVersion"]
        return DataSet(
            str(given["id"]), str(given["title"]), publication, str(newest["version"]),
            datetime.fromisoformat(str(newest["published"])).date(),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as fault:
        raise DeliveryError(
            f"a data set of {publication} does not say its title, version and day", remedy=BY_HAND
        ) from fault


def _is_packed(response: Any) -> bool:
    return str(response.headers.get("Content-Encoding", "")).lower() == "gzip"
