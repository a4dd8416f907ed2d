"""Each seeded fault is found, by its code; what breaks a shape is found by SHACL and by the compiled checks alike."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from pyoxigraph import RdfFormat, Store

from seston.graph.checking.checks import check
from seston.graph.checking.findings import TITLES, Finding
from seston.graph.checking.patterns import same_columns, shared_by_children
from seston.graph.checking.seeable import unseeable
from seston.graph.checking.shacl import validate
from seston.graph.columnar.core import Core, build_core
from seston.graph.columnar.inheritance import inherit
from seston.graph.columnar.statements import Statements, statements_of
from seston.graph.rdf.assertion_quads import descriptions, scheme
from seston.graph.rdf.nquads import lines
from seston.graph.rdf.taxon_quads import taxonomy
from seston.graph.vocabulary import graph_iri
from seston.records import Assertion, Category, Concept, Name, Polarity, Taxon
from tests.graph.sample import ASSERTIONS, CATEGORIES, CONCEPTS, TAXA, sample_core, says

Fault = tuple[list[Taxon], list[Category], list[Concept], list[Assertion]]
SAID = says("worms:1100", "tail/forked")


def with_taxon(**changes: object) -> Callable[[], Fault]:
    return lambda: ([*TAXA, replace(TAXA[-1], id="worms:99", **changes)], CATEGORIES, CONCEPTS, ASSERTIONS)  # type: ignore[arg-type]


def with_concept(**changes: object) -> Callable[[], Fault]:
    extra = Concept("eye/large", "large eyes", "Eyes that fill the head.", "eye")
    return lambda: (TAXA, CATEGORIES, [*CONCEPTS, replace(extra, **changes)], ASSERTIONS)  # type: ignore[arg-type]


def with_assertion(**changes: object) -> Callable[[], Fault]:
    return lambda: (TAXA, CATEGORIES, CONCEPTS, [*ASSERTIONS, replace(SAID, **changes)])  # type: ignore[arg-type]


def with_evidence(**changes: object) -> Callable[[], Fault]:
    return with_assertion(evidence=replace(SAID.evidence, **changes))  # type: ignore[arg-type]


SHAPES: list[tuple[str, str, Callable[[], Fault]]] = [
    ("S001", "no concept label", with_concept(label="")),
    ("S001", "blank concept label", with_concept(label=" \n")),
    ("S002", "no rank", with_taxon(rank="")),
    ("S002", "blank rank", with_taxon(rank=" ")),
    ("S007", "no definition", with_concept(definition="")),
    ("S007", "blank definition", with_concept(definition="\t")),
    ("S008", "no part", with_concept(broader="")),
    ("S009", "unknown taxon", with_assertion(about="worms:404")),
    ("S009", "unknown label", with_assertion(about="planktonset:none")),
    ("S009", "a group", with_assertion(about="seston:not-living")),
    ("S010", "unknown concept", with_assertion(concept="tail/none")),
    ("S012", "confidence above 1", with_assertion(confidence=1.01)),
    ("S012", "confidence below 0", with_assertion(confidence=-0.5)),
    ("S012", "confidence not a number", with_assertion(confidence=float("nan"))),
    ("S014", "no page", with_evidence(page="")),
    ("S015", "start below 0", with_evidence(start=-1)),
    ("S015", "end before start", with_evidence(end=3)),
    ("S015", "empty quote", with_evidence(end=10)),
    ("S016", "no hash", with_evidence(quote_sha256="")),
    ("S016", "short hash", with_evidence(quote_sha256="abc")),
    ("S016", "upper-case hash", with_evidence(quote_sha256="A" * 64)),
    ("S017", "no licence", with_evidence(licence="")),
    ("S018", "no source", with_evidence(source="")),
    ("S019", "id at two nodes", with_taxon(same_as=("ecotaxa:25828",))),
    ("S020", "present and absent", with_assertion(about="worms:1080", polarity=Polarity.ABSENT)),
    ("S009", "the root", with_assertion(about="seston:root")),
    ("S010", "a part in place of a concept", with_assertion(concept="tail")),
    ("S012", "confidence without end", with_assertion(confidence=float("inf"))),
    ("S016", "hash of 65 digits", with_evidence(quote_sha256="0" * 65)),
    ("S016", "hash that is not hexadecimal", with_evidence(quote_sha256="g" * 64)),
    (
        "S020",
        "present and absent at a label",
        with_assertion(about="planktonset:fecal_pellet", concept="surface/smooth", polarity=Polarity.ABSENT),
    ),
    ("S021", "empty name", with_taxon(names=(Name("", "vernacular"),))),
    ("S021", "blank name", with_taxon(names=(Name("  ", "synonym"),))),
]
OTHERS: list[tuple[str, str, Callable[[], Fault]]] = [
    ("P001", "worms:99", with_taxon(name="Salpida")),
    ("P002", "worms:1100", with_assertion(polarity=Polarity.ABSENT)),
    ("P005", "worms:99", with_taxon(name="Salpida", parent="worms:1101", rank="Order")),
    ("P005", "worms:99", with_taxon(name="Salpida", parent="worms:1101", rank="Phylum (Division)")),
    ("P006", "eye/large", with_concept()),
    ("P007", "worms:99", with_taxon()),
    ("P008", "worms:99", with_taxon(status="unaccepted")),
]


def core_of(fault: Fault) -> Core:
    return build_core(fault[0], fault[1])


def compiled(fault: Fault) -> list[Finding]:
    core = core_of(fault)
    ids = [concept.id for concept in fault[2]]
    values = np.full((len(core), len(ids)), -1, dtype=np.int8)
    return check(core, fault[2], fault[3], values)


def by_shacl(fault: Fault) -> list[Finding]:
    core, concepts, said = core_of(fault), fault[2], fault[3]
    ids, nodes = [concept.id for concept in concepts], core.hierarchy.ids
    known = [a for a in said if not a.stage and a.about in nodes and a.concept in ids]
    code = {Polarity.PRESENT: 1, Polarity.ABSENT: 0, Polarity.VARIABLE: -1}
    rows = [(nodes.index(a.about), ids.index(a.concept), code[a.polarity]) for a in known]
    statements = Statements(*(np.array(column) for column in zip(*rows, strict=True)))
    store = Store()
    for name, found in (
        ("taxonomy", taxonomy(core)),
        ("scheme", scheme(concepts)),
        ("descriptions", descriptions(said, statements, nodes, ids, {})),
    ):
        store.load("".join(lines(graph_iri(name), found)), format=RdfFormat.N_QUADS)
    return validate(store)


def shape_codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings if finding.code.startswith("S")]


def test_the_sample_conforms(sample_store: Store) -> None:
    assert validate(sample_store) == []
    assert shape_codes(compiled((TAXA, CATEGORIES, CONCEPTS, ASSERTIONS))) == []


@pytest.mark.parametrize(("code", "fault"), [(code, fault) for code, _, fault in SHAPES], ids=[s[1] for s in SHAPES])
def test_a_broken_shape_is_found_both_ways(code: str, fault: Callable[[], Fault]) -> None:
    assert shape_codes(compiled(fault())) == [code]
    assert shape_codes(by_shacl(fault())) == [code]


@pytest.mark.parametrize(("code", "node", "fault"), OTHERS, ids=[f"{o[0]} {i}" for i, o in enumerate(OTHERS)])
def test_a_diagnostic(code: str, node: str, fault: Callable[[], Fault]) -> None:
    world = fault()
    core, ids = core_of(world), [concept.id for concept in world[2]]
    values = inherit(core.hierarchy, statements_of(core.hierarchy, ids, world[3]), len(ids), core.blocked)
    found = [f for f in check(core, world[2], world[3], values) if f.code == code]
    assert node in {f.node for f in found}
    assert all(f.message and f.hint for f in found)


def test_the_diagnostics_of_the_sample() -> None:
    core, ids = sample_core(), [concept.id for concept in CONCEPTS]
    values = inherit(core.hierarchy, statements_of(core.hierarchy, ids, ASSERTIONS), len(ids), core.blocked)
    found = check(core, CONCEPTS, ASSERTIONS, values)
    assert found == sorted(found)
    assert [f.node for f in found if f.code == "P001"] == sorted(
        {node for node in core.hierarchy.ids if not node.startswith("seston")} - {a.about for a in ASSERTIONS}
    )
    assert [(f.node, f.message) for f in found if f.code == "P002"] == [
        ("worms:106485", "It says that antennae/long is present; above it, the opposite holds."),
        ("worms:1101", "It says that antennae/long is absent; above it, the opposite holds."),
    ]
    assert [(f.node, f.message.split()[-1]) for f in found if f.code == "P003"] == [
        ("planktonset:copepod_calanoid", "planktonset:copepod_calanoid_large."),
        ("planktonset:copepod_calanoid_eggs", "planktonset:copepod_calanoid_large."),
        ("planktonset:detritus_other", "planktonset:fecal_pellet."),
    ]
    assert {f.code for f in found} == {"P001", "P002", "P003", "P011"}


def test_a_part_with_three_values() -> None:
    concepts = [Concept(f"size/{v}", v, v, "size", exclusive=True) for v in ("small", "middle", "large")]
    said = [says("worms:1080", "size/small"), says("worms:1080", "size/middle"), says("worms:1100", "size/large")]
    core, ids = sample_core(), [concept.id for concept in concepts]
    values = inherit(core.hierarchy, statements_of(core.hierarchy, ids, said), len(ids))
    crowded = [f for f in check(core, concepts, said, values) if f.code == "P009"]
    assert [f.node for f in crowded] == ["worms:1100"]
    assert "3 values of size" in crowded[0].message


def test_at_least_thirty_faults_are_seeded() -> None:
    assert len({name for _, name, _ in SHAPES}) >= 30


def test_every_code_has_a_title_and_a_seeded_fault() -> None:
    seeded = {code for code, _, _ in (*SHAPES, *OTHERS)} | {
        "P003",
        "P009",
        "P010",
        "P011",
        "P012",
        "R001",
        "R002",
        "R003",
    }
    assert seeded == set(TITLES)


def test_what_the_camera_cannot_show_is_told_where_labels_have_it() -> None:
    camera = Concept("cilia/ring", "ring of cilia", "A belt.", "cilia", instruments=("FlowCam",))
    seen = Concept("tail/fork", "forked tail", "Two prongs.", "tail", instruments=("ISIIS", "FlowCam"))
    core = build_core([Taxon("worms:1", "a", "", "")], [Category("planktonset:x", "x", "worms:1", "full_body", True)])
    values = np.full((len(core.hierarchy), 2), 1, np.int8)
    (found,) = unseeable(core, [camera, seen], values)
    assert (found.code, found.node, found.severity) == ("P010", "cilia/ring", "info")
    assert "ISIIS cannot show it, yet 1 labels of planktonset have it" in found.message
    assert not list(unseeable(core, [camera], np.zeros((len(core.hierarchy), 1), np.int8)))


def family(n: int) -> Core:
    return build_core(
        [Taxon("worms:1", "a", "", ""), *(Taxon(f"worms:{i}", f"b{i}", "", "worms:1") for i in range(2, n))]
    )


def test_columns_that_say_the_same_are_told_once() -> None:
    core = family(6)
    concepts = [Concept(f"tail/{c}", c, "D.", "tail") for c in "abc"]
    values = np.full((len(core.hierarchy), 3), -1, np.int8)
    places = [core.hierarchy.index(f"worms:{i}") for i in range(2, 6)]
    values[places, :2], values[places[:3], 2] = 1, 1
    (found,) = same_columns(core, concepts, values)
    assert (found.code, found.node) == ("P011", "tail/b")
    assert "4 taxa and labels show it as tail/a" in found.message


def test_what_all_described_children_share_is_told_of_their_parent() -> None:
    core = family(7)
    concepts = [Concept(f"tail/{c}", c, "D.", "tail") for c in "abc"]
    place = {node: i for i, node in enumerate(core.hierarchy.ids)}
    values = np.full((len(core.hierarchy), 3), -1, np.int8)
    children = [f"worms:{i}" for i in range(2, 6)]
    for child in children:
        values[place[child]] = (1, 0, 1)
    values[place["worms:1"], 2] = 1
    said = [says(child, "tail/a") for child in children]
    found = list(shared_by_children(core, concepts, said, values))
    assert [(f.code, f.node) for f in found] == [("P012", "worms:1")] * 2
    assert found[0].message == "All 4 described children show tail/a."
    assert found[1].message == "All 4 described children lack tail/b."
    assert not list(shared_by_children(core, concepts, said[:2], values))
