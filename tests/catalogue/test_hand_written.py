"""The queries written by hand, against which the benchmark sets the catalogue, count what the catalogue counts."""

from __future__ import annotations

from benchmarks.catalogue_peer import PEERS
from compendium.indicators.loading import SHIPPED, load_catalogue


def test_each_query_written_by_hand_gives_every_breakdown_of_its_indicator() -> None:
    catalogue = load_catalogue([SHIPPED])
    assert {name: {*peer.by, *peer.people} for name, peer in PEERS.items()} == {
        name: set(catalogue[name].dimensions) for name in PEERS
    }
