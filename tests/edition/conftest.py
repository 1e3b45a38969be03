"""The drawn edition, built once."""

from __future__ import annotations

import pytest

from compendium.edition.build import build_edition
from compendium.edition.edition import Edition
from tests.edition.drawn import JANUARY, DrawnFigures, as_first_known, snapshot, workspace


@pytest.fixture(scope="session")
def drawn_edition() -> Edition:
    return build_edition(DrawnFigures(), workspace(), JANUARY, snapshot(), first_known=as_first_known())
