"""The harvest of WoRMS against a stand-in with real taxa, real sockets, and faults on purpose."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from seston.errors import AmbiguousTaxon, SourceUnreachable, UnknownTaxon
from seston.sources.web import WORMS
from seston.sources.worms.attributes import ATTRIBUTES, read_attributes
from seston.sources.worms.collect import MISSING, REGISTER
from seston.sources.worms.register import registered_names
from tests.killing import asked_again, kill_at_random, runs
from tests.sources.worms.harvesting import FAST, ids, register, run
from tests.standins.server import StandIn, some_faulty
from tests.standins.worms import FAULTS, Name, StandInWorms, body_size, real_names

COPEPODA, OITHONIDAE = 1080, 106422


@pytest.fixture(scope="module")
def names() -> list[Name]:
    return real_names()


@pytest.fixture
def worms(names: list[Name]) -> StandInWorms:
    return StandInWorms([replace(name) for name in names])


@pytest.fixture
def standin(worms: StandInWorms) -> Iterator[StandIn]:
    with StandIn(worms) as server:
        yield server


def whole_tree(worms: StandInWorms, root: int) -> set[int]:
    return worms.descendants(root) | set(worms.lineage(root))


def test_all_copepods_are_there_once_and_hang_on_biota(tmp_path: Path, worms: StandInWorms, standin: StandIn) -> None:
    outcome = run(tmp_path, standin.url, "Copepoda")
    found = ids(tmp_path)
    assert len(found) == len(set(found))
    assert set(found) == whole_tree(worms, COPEPODA)
    assert outcome.wanted == worms.descendants(COPEPODA) | {COPEPODA}
    assert len(outcome.wanted) > 2900
    rows = {row.id: row for row in register(tmp_path)}
    assert [row.id for row in rows.values() if row.parent not in rows] == ["worms:1"]
    assert rows["worms:104464"] == registered_names({"worms:104464": worms.record(104464)})[0]


QUICK_FAULTS = tuple(fault for fault in FAULTS if fault != "taxon moved")


@pytest.mark.parametrize("fault", ["page repeated", "no page", "empty list", "all of them"])
def test_a_tenth_of_the_answers_faulty_gives_the_same_records(
    fault: str, tmp_path: Path, worms: StandInWorms, standin: StandIn
) -> None:
    root, faults = ("Monstrilloida", QUICK_FAULTS) if fault == "all of them" else ("Oikopleuridae", (fault,))
    run(tmp_path / "clean", standin.url, root, synonyms=True)
    with StandIn(worms, faults=some_faulty(0.1, faults, seed=1), hang_s=2) as faulty:
        run(tmp_path / "faulty", faulty.url, root, synonyms=True)
        assert Counter(entry.fault for entry in faulty.log.entries if entry.fault).keys() <= set(faults)
        assert sum(bool(entry.fault) for entry in faulty.log.entries) >= 2
    assert (tmp_path / "faulty" / REGISTER).read_bytes() == (tmp_path / "clean" / REGISTER).read_bytes()


def small_tree(*parents: tuple[int, int], names: Callable[[int], str] = "Name {}".format) -> StandInWorms:
    """Return a stand-in with Biota, and taxa with these parents: species where nothing is below them."""
    above = {parent for _, parent in parents}
    rows = [Name(i, names(i), "Genus" if i in above else "Species", p, i, "accepted", "") for i, p in parents]
    return StandInWorms([Name(1, "Biota", "Superdomain", 0, 1, "accepted", ""), *rows])


def move(worms: StandInWorms, taxon: int, to: int) -> None:
    worms.below[worms.names[taxon].parent].remove(taxon)
    worms.below[to].append(taxon)
    worms.names[taxon].parent = to


def test_the_log_never_shows_more_than_five_a_second(tmp_path: Path) -> None:
    manners = replace(WORMS, backoff_s=0.01, timeout_s=0.3)
    worms = small_tree((2, 1), *((i, 2) for i in range(3, 8)))
    with StandIn(worms, faults=some_faulty(0.2, ("500", "HTML", "cut JSON"), seed=3), delay_s=0.02) as standin:
        run(tmp_path, standin.url, "worms:2", manners=manners)
        assert len(standin.log) > 12
        assert standin.log.most_in_a_window(1.0) == 5
        assert standin.log.most_at_once == 1


LONG, SHORT, PAGE = 10, 11, 5
MANY = [(i, LONG) for i in range(100, 113)]


@pytest.mark.parametrize("order", [(LONG, SHORT), (SHORT, LONG)], ids=["long list first", "short list first"])
@pytest.mark.parametrize("moved", [101, 104, 106, 109, 112])
@pytest.mark.parametrize("when", [1, 5, 9, 13])
def test_a_taxon_that_moves_while_paging_is_neither_lost_nor_double(
    order: tuple[int, int], moved: int, when: int, tmp_path: Path
) -> None:
    worms = small_tree(*((i, 1) for i in order), *MANY, (300, SHORT))
    worms.page = PAGE

    def editor(_: int, target: str) -> str:
        page = f"AphiaChildrenByAphiaID/{LONG}?marine_only=false&offset={when}"
        if target.endswith(page) and worms.names[moved].parent == LONG:
            move(worms, moved, SHORT)
        return ""

    with StandIn(worms, faults=editor) as standin:
        run(tmp_path, standin.url, "worms:1")
        assert worms.names[moved].parent == SHORT
    rows = register(tmp_path)
    assert [row.id for row in rows] == [f"worms:{i}" for i in sorted(worms.names)]
    assert {row.id: row.parent for row in rows if row.id != "worms:1"} == {
        f"worms:{i}": f"worms:{name.parent}" for i, name in worms.names.items() if i != 1
    }


@pytest.mark.parametrize("seed", range(4))
def test_editors_at_work_all_over_the_tree(seed: int, tmp_path: Path, names: list[Name]) -> None:
    worms = StandInWorms([replace(name) for name in names], seed=seed, page=PAGE)
    with StandIn(worms, faults=some_faulty(0.3, ("taxon moved",), seed=seed)) as standin:
        run(tmp_path, standin.url, "Oithonidae")
    assert any(worms.names[name.id].parent != name.parent for name in names)
    rows = {row.id: row.parent for row in register(tmp_path)}
    assert rows == {f"worms:{i}": f"worms:{worms.names[i].parent}" for i in whole_tree(worms, OITHONIDAE)} | {
        "worms:1": ""
    }


@pytest.mark.parametrize(("fault", "missing"), [("503", True), ("", False)])
def test_lists_by_rank_may_be_lacking_and_not_failing(fault: str, missing: bool, tmp_path: Path) -> None:
    worms = small_tree((2, 1), (3, 2), (4, 2))
    worms.lacking = frozenset({"AphiaRecordsByTaxonRankID"})
    with StandIn(worms, faults=lambda _, target: fault if "TaxonRankID" in target else "") as standin:
        if missing:
            with pytest.raises(SourceUnreachable) as caught:
                run(tmp_path, standin.url, "worms:2")
            assert caught.value.problems[0].startswith("lists by rank below Name 2 (worms:2): ")
        else:
            run(tmp_path, standin.url, "worms:2")
    assert (tmp_path / REGISTER).exists() is not missing


def test_synonyms_vernaculars_and_what_they_refer_to(tmp_path: Path) -> None:
    worms = small_tree((2, 1), (3, 2), (4, 3), (1080, 2), (8, 7), (7, 1), names=lambda i: f"Name {i}")
    worms.names[1080].name = "Copepoda"
    for synonym, parent in ((50, 7), (51, 3)):
        worms.names[synonym] = Name(synonym, f"Old {synonym}", "Species", parent, 4, "unaccepted", "Dana, 1849")
        worms.synonyms_of[4].append(synonym)
    worms.below[3].append(51)
    with StandIn(worms) as standin:
        run(tmp_path, standin.url, "worms:2", synonyms=True, vernaculars=True)
    rows = {row.id: row for row in register(tmp_path)}
    assert set(rows) == {f"worms:{i}" for i in (1, 2, 3, 4, 7, 50, 51, 1080)}
    old = rows["worms:50"]
    assert (old.accepted, old.accepted_name, old.status, old.parent) == ("worms:4", "Name 4", "unaccepted", "worms:7")
    assert rows["worms:1080"].vernaculars == (("eng", "copepods"),)


def test_names_and_ids_of_a_list_with_their_accepted_names_and_ancestors(
    tmp_path: Path, worms: StandInWorms, standin: StandIn
) -> None:
    listed = ["Ctenophora", "Oithona similis", "worms:104464", "Oithona nonsensia", "worms:999999999"]
    outcome = run(tmp_path, standin.url, names=listed)
    assert outcome.unknown == ["Oithona nonsensia", "worms:999999999"]
    assert {1248, 163921, 104464} <= outcome.wanted
    rows = {row.id: row for row in register(tmp_path)}
    assert set(rows) >= {f"worms:{i}" for taxon in (1248, 163921, 104464) for i in worms.lineage(taxon)}
    assert all(row.parent in rows and row.accepted in rows for row in rows.values() if row.id != "worms:1")
    asked = len(standin.log)
    run(tmp_path, standin.url, names=listed)
    assert len(standin.log) == asked


def test_a_homonym_is_not_guessed(tmp_path: Path, standin: StandIn) -> None:
    with pytest.raises(AmbiguousTaxon, match="2 taxa of WoRMS are called 'Ctenophora'") as caught:
        run(tmp_path, standin.url, "Ctenophora")
    first, second = caught.value.problems
    assert first.startswith("worms:1248 ") and "Animalia (kingdom)" in first
    assert second.startswith("worms:163921 ") and "Chromista (kingdom)" in second
    assert not (tmp_path / REGISTER).exists()


@pytest.mark.parametrize("root", ["Nonsensia", "worms:999999999"])
def test_an_unknown_root_is_said(root: str, tmp_path: Path, standin: StandIn) -> None:
    with pytest.raises(UnknownTaxon):
        run(tmp_path, standin.url, root)


def test_what_stays_faulty_is_named_and_asked_for_the_next_time(tmp_path: Path, worms: StandInWorms) -> None:
    broken = "AphiaChildrenByAphiaID/106485?"
    server = StandIn(worms, faults=lambda _, target: "503" if broken in target else "")
    with server as standin:
        with pytest.raises(SourceUnreachable, match="WoRMS left 1 question without") as caught:
            run(tmp_path, standin.url, "Oithonidae")
        assert caught.value.problems[0].startswith("children of Oithona (worms:106485): ")
        assert (tmp_path / MISSING).read_text().splitlines() == list(caught.value.problems)
        assert not (tmp_path / REGISTER).exists()
        server.faults = lambda _, __: ""
        before = len(standin.log)
        run(tmp_path, standin.url, "Oithonidae")
    repeated = Counter(server.log.targets()[:before]).keys() & set(server.log.targets()[before:])
    assert all(broken in target for target in repeated)
    assert set(ids(tmp_path)) == whole_tree(worms, OITHONIDAE)
    assert not (tmp_path / MISSING).exists()


def test_a_server_that_goes_down_is_left_alone_and_all_that_is_left_is_named(
    tmp_path: Path, worms: StandInWorms
) -> None:
    with StandIn(worms, faults=lambda number, _: "503" if number >= 20 else "") as standin:
        with pytest.raises(SourceUnreachable) as caught:
            run(tmp_path, standin.url, "Monstrilloida")
        assert len(standin.log) == 20 + 3 * FAST.attempts
    assert caught.value.problems[-1] == "what comes after these: not asked for"
    assert all(problem.startswith("children of ") for problem in caught.value.problems[:-1])
    assert len(caught.value.problems) > 50


def test_killed_at_25_random_moments_it_ends_with_the_same_and_asks_nothing_twice(
    tmp_path: Path, worms: StandInWorms, standin: StandIn
) -> None:
    for taxon in sorted(worms.descendants(OITHONIDAE))[::3]:
        worms.attributes[taxon] = [body_size(taxon, "0.9")]
    run(tmp_path / "clean", standin.url, "Oithonidae", synonyms=True, attributes=True)
    command = ("tests.sources.worms.harvesting", tmp_path / "killed")
    with StandIn(worms, delay_s=0.04) as slow, runs(*command, slow.url, "Oithonidae") as start:
        last_asked = kill_at_random(start, slow)
        assert start()[1]() == 0
    assert asked_again(slow.log) - Counter(last_asked) == Counter(), "only what a kill cut off may be asked for again"
    assert (tmp_path / "killed" / REGISTER).read_bytes() == (tmp_path / "clean" / REGISTER).read_bytes()
    killed, clean = (read_attributes(tmp_path / name / ATTRIBUTES) for name in ("killed", "clean"))
    assert clean
    assert [replace(held, date="") for held in killed] == [replace(held, date="") for held in clean]
