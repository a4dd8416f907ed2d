"""``harvest wikidata`` and ``harvest wikipedia`` as a user runs them, against stand-ins on loopback."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from seston.pipeline.knowledge import ASSERTIONS, CONFLICTS
from seston.sources.taxonomy import read_taxa
from seston.sources.wikimedia.links import LINKS, read_links
from seston.sources.wikimedia.passages import PASSAGES, REJECTED, read_passages
from tests.cli.harvesting import CONTACT, hurried, kill_after, nobody
from tests.command import done, seston
from tests.sources.shared import BUNDLED
from tests.standins.mediawiki import MediaWiki, revision_of
from tests.standins.server import StandIn
from tests.standins.wikidata import SparqlProxy, item_of, serving, sitelink, turtle

__all__ = ["hurried", "nobody"]

BELOW = [taxon for taxon in read_taxa(BUNDLED / "taxa.csv") if taxon.id.startswith("worms:")]
COPEPODA, ROOT = "worms:1080", "Crustacea"
TITLES = {taxon.id: taxon.name for taxon in BELOW} | {COPEPODA: "Copepod"}
TEXT = "{} are animals.\n\n\n== Description ==\nThe body of {} is long, and it has two antennae."
TEXTS = {title: TEXT.format(title, title) for title in TITLES.values()}


def silent() -> str:
    """Return a taxon of copepods that no article of ours is about."""
    parents = {taxon.id: taxon.parent for taxon in BELOW}
    articles = {path.stem.replace("-", ":") for path in (BUNDLED / "descriptions").glob("*.md")}

    def is_below(taxon: str) -> bool:
        return taxon == COPEPODA or (taxon in parents and is_below(parents[taxon]))

    return next(taxon for taxon in sorted(parents) if is_below(taxon) and taxon not in articles)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a real SPARQL server with the items of the bundled taxa."""
    content = turtle(BELOW, TITLES) + "\n".join(sitelink(item_of(COPEPODA), "Ruderfußkrebse", "de"))
    with serving(tmp_path_factory.mktemp("sparql"), content) as address:
        yield address


@pytest.fixture
def wikidata(endpoint: str) -> Iterator[StandIn]:
    with StandIn(SparqlProxy(endpoint)) as server:
        yield server


@pytest.fixture
def wikipedia() -> Iterator[StandIn]:
    items = {title: item_of(taxon) for taxon, title in TITLES.items()} | {"Calanidae": "Q1"}
    with StandIn(MediaWiki(TEXTS, items=items)) as server:
        yield server


@pytest.fixture(scope="module")
def taxa(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with its taxonomy only. Read only: see `work`."""
    root = tmp_path_factory.mktemp("taxa")
    done("build", "taxonomy", workspace=root)
    return root


@pytest.fixture
def work(taxa: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(taxa, tmp_path / "work"))


@pytest.fixture
def linked(work: Path, wikidata: StandIn, hurried: None) -> Path:
    """A workspace with the items of all that is below the root."""
    done(*asked_of("wikidata", wikidata), workspace=work)
    return work


def asked_of(source: str, standin: StandIn, *more: str) -> tuple[str, ...]:
    return ("harvest", source, "--root", ROOT, "--url", f"{standin.url}/api", *CONTACT, *more)


@pytest.mark.usefixtures("hurried")
def test_items_are_forecast_found_and_asked_for_once(work: Path, wikidata: StandIn) -> None:
    command = asked_of("wikidata", wikidata)
    told = done(*command, "--dry-run", workspace=work)
    assert (len(wikidata.log), told.out.split()[1:4]) == (0, ["requests", "to", "Wikidata's"])
    forecast = done(*command, "--dry-run", "--json", workspace=work).json
    ran = done(*command, workspace=work)
    links = read_links(work / LINKS)
    assert len(links) > 50
    assert f"{len(links)} of {len(links)} taxa have an item: {len(links)} by P850." in ran.out
    assert all(link.item and link.item.id == item_of(link.taxon) for link in links)
    asked = len(wikidata.log)
    assert asked == forecast["requests"]
    again = done(*command, "--json", workspace=work)
    assert sorted((row["taxon"], row["rule"]) for row in again.json) == [(link.taxon, "P850") for link in links]
    assert len(wikidata.log) == asked
    assert done(*command, "--dry-run", workspace=work).out.startswith("0 requests to Wikidata's")
    assert all("(me@example.org)" in entry.agent for entry in wikidata.log.entries)


def test_a_language_that_is_added_leaves_the_others(linked: Path, wikidata: StandIn) -> None:
    done(*asked_of("wikidata", wikidata, "--language", "de"), workspace=linked)
    copepods = next(link.item for link in read_links(linked / LINKS) if link.taxon == COPEPODA)
    assert copepods is not None
    assert copepods.pages == {"de": "Ruderfußkrebse", "en": "Copepod"}
    before = len(wikidata.log)
    done(*asked_of("wikidata", wikidata), workspace=linked)
    assert len(wikidata.log) == before
    assert next(link.item for link in read_links(linked / LINKS) if link.taxon == COPEPODA) == copepods


def test_pages_are_forecast_attached_or_rejected_and_asked_for_once(linked: Path, wikipedia: StandIn) -> None:
    command = asked_of("wikipedia", wikipedia)
    pages = done(*command, "--dry-run", "--json", workspace=linked).json["requests"]
    assert pages == len(read_links(linked / LINKS))
    assert len(wikipedia.log) == 0
    ran = done(*command, workspace=linked)
    assert f"{pages - 1} pages attached with {2 * (pages - 1)} passages, 1 rejected." in ran.out
    assert f"the page belongs to Q1, not to {item_of('worms:104079')}" in ran.err
    passages = read_passages(linked / PASSAGES)
    for passage in passages:
        text = TEXTS[passage.page.rpartition("/")[2].replace("_", " ")]
        assert text[passage.start : passage.start + len(passage.text)] == passage.text
        assert passage.revision.isdecimal()
        assert passage.licence == "CC-BY-SA-4.0"
    assert {passage.section for passage in passages} == {"", "Description"}
    assert json.loads((linked / REJECTED).read_text())[0]["reason"].startswith("the page belongs to Q1")
    again = done(*command, "--json", workspace=linked)
    assert sum(row["passages"] for row in again.json) == len(passages)
    assert len(wikipedia.log) == pages == len(set(wikipedia.log.targets()))
    assert done(*command, "--dry-run", workspace=linked).out.startswith("0 requests to Wikimedia, 0 s")


def test_harvested_passages_become_concepts_with_their_evidence(linked: Path, wikipedia: StandIn) -> None:
    taxon, title = silent(), TITLES[silent()]
    wikipedia.service.texts = TEXTS | {"Copepod": "Copepods are animals. They have no antennae."}  # type: ignore[attr-defined]
    done("build", "concepts", workspace=linked)
    own = (linked / ASSERTIONS).read_bytes()
    assert state_of("concepts", linked) == ""
    done(*asked_of("wikipedia", wikipedia), workspace=linked)
    assert state_of("concepts", linked) == "harvest/passages.parquet is new"
    done("build", "concepts", workspace=linked)
    assert (linked / ASSERTIONS).read_bytes() != own

    found = {concept["id"]: concept for concept in done("taxon", taxon, "--json", workspace=linked).json["concepts"]}
    two = found["antennae/present"]
    assert (two["own"], two["value"], two["confidence"]) == (True, "present", 0.7)
    evidence, text = two["evidence"], TEXTS[title]
    assert evidence["page"] == f"https://en.wikipedia.org/wiki/{title.replace(' ', '_')}"
    assert evidence["revision"] == str(revision_of(text))
    assert (evidence["section"], evidence["source"]) == ("Description", "wikipedia")
    assert evidence["licence"] == "CC-BY-SA-4.0"
    assert text[evidence["start"] : evidence["end"]] in ("antennae", "two antennae")
    assert two["sentence"] == f"The body of {title} is long, and it has two antennae."
    assert (
        f"{evidence['page']}, revision {evidence['revision']}, CC-BY-SA-4.0"
        in done("taxon", taxon, workspace=linked).out
    )

    copepods = done("taxon", COPEPODA, "--json", workspace=linked).json["concepts"]
    antennae = next(concept for concept in copepods if concept["id"] == "antennae/present")
    assert (antennae["value"], antennae["evidence"]["page"].split("/")[0]) == ("present", "data"), "ours go first"
    overruled = [row["overruled"] for row in json.loads((linked / CONFLICTS).read_text()) if "overruled" in row]
    assert any(place.startswith("https://en.wikipedia.org/wiki/Copepod#") for place in overruled)

    (linked / "harvest" / "wikipedia.jsonl").unlink()
    wikipedia.service.texts = TEXTS | {title: text + "\n\nIt has a tail."}  # type: ignore[attr-defined]
    done(*asked_of("wikipedia", wikipedia), workspace=linked)
    assert state_of("concepts", linked) == "harvest/passages.parquet has changed"
    stale = {concept["id"]: concept for concept in done("taxon", taxon, "--json", workspace=linked).json["concepts"]}
    assert stale["antennae/present"]["sentence"] == "", "a sentence of another revision is not shown"


def state_of(stage: str, workspace: Path) -> str:
    return next(
        str(row["stale"]) for row in done("status", "--json", workspace=workspace).json if row["stage"] == stage
    )


def test_pages_in_a_language_that_was_not_asked_for_are_said_to_lack(linked: Path, wikipedia: StandIn) -> None:
    ran = done(*asked_of("wikipedia", wikipedia, "--language", "fr"), workspace=linked)
    assert "seston harvest wikidata --language fr" in ran.err
    assert len(wikipedia.log) == 0


def test_what_stays_faulty_is_named_and_asked_for_the_next_time(linked: Path, wikipedia: StandIn) -> None:
    wikipedia.faults = lambda _, target: "503" if "titles=Copepod&" in target else ""
    ran = seston(*asked_of("wikipedia", wikipedia), workspace=linked)
    assert ran.code == 4
    assert "  Copepod: Wikimedia gave no usable answer after 2 attempts: status 503." in ran.err.splitlines()
    kept = {passage.about for passage in read_passages(linked / PASSAGES)}
    assert len(kept) > 50 and COPEPODA not in kept
    wikipedia.faults = lambda _, __: ""
    before = len(wikipedia.log)
    done(*asked_of("wikipedia", wikipedia), workspace=linked)
    assert len(wikipedia.log) == before + 1
    assert {passage.about for passage in read_passages(linked / PASSAGES)} == {*kept, COPEPODA}


def test_questions_without_an_answer_are_named_and_no_links_are_written(
    work: Path, wikidata: StandIn, hurried: None
) -> None:
    wikidata.faults = lambda _, __: "cut JSON"
    ran = seston(*asked_of("wikidata", wikidata), workspace=work)
    assert ran.code == 4
    assert "items with P850" in ran.err
    assert not (work / LINKS).exists()


def test_a_killed_harvest_of_items_continues(taxa: Path, work: Path, wikidata: StandIn, hurried: None) -> None:
    command = ("--root", "Biota", "--url", wikidata.url, *CONTACT)
    wikidata.delay_s = 0.1
    kill_after(2, wikidata, work, "wikidata", *command)
    cut = wikidata.log.targets()
    wikidata.delay_s = 0
    done("harvest", "wikidata", *command, workspace=work)
    clean = Path(shutil.copytree(taxa, work.parent / "clean"))
    before = len(wikidata.log)
    done("harvest", "wikidata", *command, workspace=clean)
    assert (work / LINKS).read_bytes() == (clean / LINKS).read_bytes()
    service = wikidata.service
    assert isinstance(service, SparqlProxy)
    twice = Counter(service.queries[:before]) - Counter(set(service.queries[:before]))
    assert set(twice) <= {service.queries[len(cut) - 1]}, "only what the kill cut off may be asked for again"


def test_a_killed_harvest_of_pages_continues(linked: Path, wikipedia: StandIn) -> None:
    command = asked_of("wikipedia", wikipedia)[1:]
    killed = Path(shutil.copytree(linked, linked.parent / "killed"))
    wikipedia.delay_s = 0.05
    kill_after(4, wikipedia, killed, *command)
    cut = wikipedia.log.targets()[-1]
    wikipedia.delay_s = 0
    done("harvest", *command, workspace=killed)
    twice = Counter(wikipedia.log.targets()) - Counter(set(wikipedia.log.targets()))
    assert set(twice) <= {cut}, "only what the kill cut off may be asked for again"
    done("harvest", *command, workspace=linked)
    assert (killed / PASSAGES).read_bytes() == (linked / PASSAGES).read_bytes()


@pytest.mark.parametrize("source", ["wikidata", "wikipedia"])
def test_without_a_contact_nothing_is_asked(
    source: str, linked: Path, wikidata: StandIn, wikipedia: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SESTON_CONTACT", raising=False)
    standin = {"wikidata": wikidata, "wikipedia": wikipedia}[source]
    before = len(standin.log)
    command = ("harvest", source, "--root", COPEPODA, "--url", standin.url)
    ran = seston(*command, workspace=linked)
    assert (ran.code, ran.out) == (2, "")
    assert "wants to know whom to write to" in ran.err and "SESTON_CONTACT" in ran.err
    assert len(standin.log) == before
    monkeypatch.setenv("SESTON_CONTACT", "you@example.org")
    done(*command, workspace=linked)


@pytest.mark.parametrize("source", ["wikidata", "wikipedia"])
def test_a_server_that_is_not_there_is_one_line_and_a_hint(source: str, linked: Path, nobody: str) -> None:
    (linked / "harvest" / "wikidata.jsonl").unlink()
    command = ("harvest", source, "--root", COPEPODA, "--url", nobody, *CONTACT)
    ran = seston(*command, workspace=linked)
    assert (ran.code, ran.out.replace("0 pages attached with 0 passages, 0 rejected.\n", "")) == (4, "")
    lines = ran.err.splitlines()
    assert sum(line.startswith("Error: ") for line in lines) == sum(line.startswith("Hint: ") for line in lines) == 1
    assert "Connection refused" in ran.err and "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("wikidata",), "Missing option '--root'"),
        (("wikidata", "--root", COPEPODA, "--url", "query.example"), "is not an address"),
        (("wikidata", "--root", COPEPODA, "--language", "en/../x"), "is not the language code"),
        (("wikidata", "--root", COPEPODA, "--contact", "Łukasz"), "is not plain ASCII"),
        (("wikipedia", "--root", COPEPODA, "--contact", "a\nb"), "is not plain ASCII"),
        (("wikipedia", "--root", COPEPODA, "--language", ""), "is not the language code"),
    ],
)
def test_wrong_options_end_with_2(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    ran = seston("harvest", *arguments, workspace=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err and "Traceback" not in ran.err


@pytest.mark.parametrize("source", ["wikidata", "wikipedia"])
def test_a_root_that_is_no_taxon_names_the_nearest(source: str, work: Path) -> None:
    ran = seston("harvest", source, "--root", "Copepodx", *CONTACT, workspace=work)
    assert (ran.code, "Did you mean Copepoda" in ran.err) == (1, True)


def test_pages_need_the_items_first(work: Path) -> None:
    ran = seston("harvest", "wikipedia", "--root", COPEPODA, "--dry-run", workspace=work)
    assert (ran.code, "seston harvest wikidata" in ran.err) == (1, True)
