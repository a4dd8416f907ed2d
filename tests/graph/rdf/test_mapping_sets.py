"""Mapping sets: every row complete, every prefix declared, the best-known making kept."""

import csv

import yaml

from seston.graph.rdf.mapping_sets import CURATED, EXACT, UNSPECIFIED, Match, one_each, sssom_text, taxon_matches
from seston.records import Taxon

TAXON = Taxon("worms:1080", "Copepoda", "class", "", same_as=("ecotaxa:2", "bold:7", "ecotaxa:4", "worms:99"))


def test_a_set_has_metadata_prefixes_and_a_justification_in_every_row() -> None:
    matches = taxon_matches([TAXON], {"ecotaxa:4": "ecotaxa:2"}, {"ecotaxa:4": 'old "name"'})
    lines = sssom_text(matches, name="taxa", description="a set").splitlines()
    metadata = yaml.safe_load("\n".join(line[1:] for line in lines if line.startswith("#")))
    assert {"mapping_set_id", "license", "curie_map"} <= metadata.keys()
    rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    assert len(rows) == len(matches) == 4
    for row in rows:
        for column in ("subject_id", "predicate_id", "object_id", "mapping_justification"):
            assert row[column].partition(":")[0] in metadata["curie_map"]
    said = {(row["subject_id"], row["predicate_id"], row["object_id"]) for row in rows}
    assert ("ecotaxa:4", "dcterms:isReplacedBy", "ecotaxa:2") in said
    assert ("worms:99", "dcterms:isReplacedBy", "worms:1080") in said
    assert ("worms:1080", EXACT, "ecotaxa:4") not in said


def test_of_two_makings_the_better_known_is_kept() -> None:
    first, second = (Match("worms:1", EXACT, "wikidata:Q1", made) for made in (UNSPECIFIED, CURATED))
    assert one_each([first, second]) == [second]
