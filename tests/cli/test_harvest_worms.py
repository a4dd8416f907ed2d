"""``seston harvest worms`` as a user runs it, at five requests a second, against a stand-in on loopback."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from seston.sources.registry import read_register
from seston.sources.worms.collect import REGISTER
from tests.command import done, seston
from tests.standins.server import StandIn
from tests.standins.worms import Name, StandInWorms

TAXA = [
    Name(1, "Biota", "Superdomain", 0, 1, "accepted", ""),
    Name(2, "Animalia", "Kingdom", 1, 2, "accepted", ""),
    Name(106485, "Oithona", "Genus", 2, 106485, "accepted", "Baird, 1843"),
    Name(106656, "Oithona similis", "Species", 106485, 106656, "accepted", "Claus, 1866"),
    Name(106642, "Oithona helgolandica", "Species", 106485, 106656, "unaccepted", "Claus, 1863"),
]
BELOW_OITHONA = {"worms:1", "worms:2", "worms:106485", "worms:106656", "worms:106642"}


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(StandInWorms(TAXA)) as server:
        yield server


def harvested(workspace: Path) -> set[str]:
    return {row.id for row in read_register(workspace / REGISTER)}


def test_a_harvest_by_root_is_polite_and_asks_nothing_twice(tmp_path: Path, standin: StandIn) -> None:
    command = ("harvest", "worms", "--root", "Oithona", "--url", f"{standin.url}/rest", "--contact", "me@example.org")
    forecast = done(*command, "--dry-run", workspace=tmp_path)
    assert "requests to WoRMS" in forecast.out
    assert len(standin.log) == 0
    ran = done(*command, workspace=tmp_path)
    asked = len(standin.log)
    assert ran.out == f"WoRMS: 3 taxa harvested with {asked} requests; sources/worms.parquet has 5 names.\n"
    assert harvested(tmp_path) == BELOW_OITHONA
    again = done(*command, workspace=tmp_path)
    assert "with 0 requests" in again.out
    assert len(standin.log) == asked == len(set(standin.log.targets()))
    assert all("(me@example.org)" in entry.agent for entry in standin.log.entries)
    assert standin.log.most_in_a_window(1.0) <= 5


def test_a_table_of_labels_gives_the_names_and_what_is_unknown_is_said(tmp_path: Path, standin: StandIn) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text("image,label\n1,copepod_oithona_eggs\n2,living>Animalia>Oithona helgolandica\n")
    command = (
        "harvest",
        "worms",
        "--labels",
        labels,
        "--column",
        "label",
        "--no-synonyms",
        "--url",
        standin.url + "/rest",
    )
    ran = done(*command, workspace=tmp_path)
    assert "WoRMS does not know" in ran.err
    assert harvested(tmp_path) == BELOW_OITHONA
    assert len(standin.log) <= 4


def test_ctrl_c_keeps_everything_and_the_next_run_continues(tmp_path: Path, standin: StandIn) -> None:
    url = f"{standin.url}/rest"
    command = [
        sys.executable,
        "-m",
        "seston",
        "-w",
        str(tmp_path),
        "harvest",
        "worms",
        "--root",
        "Oithona",
        "--url",
        url,
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=os.environ | {"COLUMNS": "100"}) as process:
        while len(standin.log) < 7 and process.poll() is None:
            time.sleep(0.01)
        time.sleep(0.1)  # the seventh is answered
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Interrupted" in told and b"Traceback" not in told
    assert not (tmp_path / REGISTER).exists()
    done(*command[5:], workspace=tmp_path)
    assert harvested(tmp_path) == BELOW_OITHONA
    assert len(standin.log) == len(set(standin.log.targets()))
    assert standin.log.most_in_a_window(1.0) <= 5


def test_a_wrong_address_is_a_failure_and_not_an_empty_register(tmp_path: Path, standin: StandIn) -> None:
    ran = seston("harvest", "worms", "--root", "Oithona", "--url", f"{standin.url}/elsewhere", workspace=tmp_path)
    assert ran.code == 4
    assert "status 404" in ran.err and "Traceback" not in ran.err
    assert not (tmp_path / REGISTER).exists()


@pytest.mark.parametrize("options", [(), ("--column", "label"), ("--root", " ")])
def test_nothing_to_harvest_is_said(options: tuple[str, ...], tmp_path: Path) -> None:
    ran = seston("harvest", "worms", *options, workspace=tmp_path)
    assert ran.code == 2
    assert "Hint:" in ran.err


def test_a_list_without_names_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "none.txt").write_text("# nothing yet\n\n")
    ran = seston("harvest", "worms", "--names", tmp_path / "none.txt", workspace=tmp_path)
    assert (ran.code, "none.txt holds no names." in ran.err) == (2, True)


def test_a_forecast_and_a_harvest_are_read_by_programs(tmp_path: Path, standin: StandIn) -> None:
    (tmp_path / "names.txt").write_text("Oithona similis\nNonsensia\n")
    command = ("harvest", "worms", "--names", tmp_path / "names.txt", "--no-synonyms", "--json")
    forecast = done(*command, "--dry-run", workspace=tmp_path).json
    assert (forecast["service"], forecast["seconds"]) == ("WoRMS", round(forecast["requests"] / 5))
    ran = done(*command, "--url", f"{standin.url}/rest", workspace=tmp_path).json
    assert ran == {"taxa": 1, "requests": len(standin.log), "names": 4, "unknown": ["Nonsensia"]}
