"""Spark on one machine: what it puts on a disk cannot be read, and is gone afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from compendium.engine.engine import Engine

pytestmark = [pytest.mark.spark, pytest.mark.slow]
NAME = "Zebedee-Quux-of-Nowhere"
# Opens Spark, counts, and tells which folder it had and what stood in it; then whether that is gone.
RUN = """
import json, os, sys
from compendium.engine.spark_engine import local_spark
with local_spark() as engine:
    engine.store_rows("record", "child", {"name": "text"}, [("Zebedee-Quux-of-Nowhere",)])
    rows = engine.rows("SELECT name, COUNT(*) FROM " + engine.name("record", "child") + " GROUP BY name")
    folder = engine.session.conf.get("spark.local.dir")
    mode = oct(os.stat(folder).st_mode)[-3:]
print(json.dumps({"rows": rows, "folder": folder, "mode": mode, "there": os.path.exists(folder)}))
"""


def test_what_is_shuffled_between_tasks_is_encrypted_on_the_disk(spark: Engine) -> None:
    """The fixture lets Spark write without compressing, so that a name would stand there to be read."""
    from compendium.engine.spark_engine import SparkEngine

    assert isinstance(spark, SparkEngine)
    spark.store_rows("record", "child", {"n": "integer", "name": "text"}, [(n, f"{NAME} {n}") for n in range(2000)])
    spark.store("model", "counted", f"SELECT name, COUNT(*) AS n FROM {spark.name('record', 'child')} GROUP BY name")
    folder = Path(spark.session.conf.get("spark.local.dir") or "")
    shuffled = [path for path in folder.rglob("shuffle_*.data") if path.stat().st_size > 0]
    assert shuffled
    assert not [path for path in folder.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()]


def test_its_folder_is_for_one_user_and_goes_with_it() -> None:
    run = subprocess.run([sys.executable, "-c", RUN], capture_output=True, text=True, check=True, env=dict(os.environ))
    told = json.loads(run.stdout.splitlines()[-1])
    assert told["rows"] == [[NAME, 1]]
    assert (told["mode"], told["there"]) == ("700", False)
    assert NAME not in run.stderr
