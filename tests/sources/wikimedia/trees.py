"""A taxonomy of the shared tables, for the tests of this room."""

from functools import cache

from seston.pipeline.taxonomies import form_of
from seston.sources.taxonomy import read_taxa
from seston.sources.union import join
from seston.sources.wikimedia.lineages import Lineages
from tests.sources.shared import BUNDLED, shared

TABLES = (
    "taxonomy/phytoplankton_worms.tsv",
    "taxonomy/zooplankton_worms.csv",
    "ecotaxa/taxonomy_after_worms.tsv",
)


@cache
def every_table() -> Lineages:
    """Return the bundled taxa with those of WoRMS's and EcoTaxa's tables, as one tree."""
    paths = [shared(name) for name in TABLES]
    registers = [(path.stem, form_of(path)[1](path)) for path in paths]
    return Lineages(join(read_taxa(BUNDLED / "taxa.csv"), registers).taxa)
