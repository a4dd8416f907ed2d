"""Descriptions to sub-concepts: the scheme, extraction, consolidation, the taxon-concept matrix, the dictionary."""

from seston.concepts.artefact import load
from seston.concepts.candidates import find_candidates
from seston.concepts.consolidate import consolidate
from seston.concepts.coverage import coverage
from seston.concepts.dictionary import read_assertions, write_assertions, write_dictionary
from seston.concepts.extract import Extractor, Statement
from seston.concepts.matrix import ConceptMatrix, concept_matrix, label_rows
from seston.concepts.scheme import Scheme, load_scheme
from seston.concepts.search import search

__all__ = [
    "ConceptMatrix",
    "Extractor",
    "Scheme",
    "Statement",
    "concept_matrix",
    "consolidate",
    "coverage",
    "find_candidates",
    "label_rows",
    "load",
    "load_scheme",
    "read_assertions",
    "search",
    "write_assertions",
    "write_dictionary",
]
