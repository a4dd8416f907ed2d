"""Seston: plankton classifiers that say why.

A knowledge graph of plankton taxa, a dictionary of morphological sub-concepts distilled from descriptions, and concept
bottleneck classifiers over frozen image features whose reasons link to the sentences behind them.
"""

from importlib import import_module
from typing import Any

_HOME = {
    "ConceptHead": "seston.bottleneck.head",
    "ConceptMatrix": "seston.concepts.matrix",
    "DecisionTree": "seston.bottleneck.tree",
    "Explainer": "seston.explain.steps",
    "Extractor": "seston.concepts.extract",
    "FeatureSet": "seston.encode.features",
    "LabelStatistics": "seston.bottleneck.statistics",
    "SestonError": "seston.errors",
    "SparseBottleneck": "seston.bottleneck.estimator",
    "StrictBottleneck": "seston.bottleneck.estimator",
    "Workspace": "seston.workspace",
    "build_core": "seston.graph.columnar.core",
    "load_scheme": "seston.concepts.scheme",
}

__all__ = [
    "ConceptHead",
    "ConceptMatrix",
    "DecisionTree",
    "Explainer",
    "Extractor",
    "FeatureSet",
    "LabelStatistics",
    "SestonError",
    "SparseBottleneck",
    "StrictBottleneck",
    "Workspace",
    "build_core",
    "load_scheme",
]


def __getattr__(name: str) -> Any:
    # Imported when first asked for, so that 'seston --help' starts without numpy, torch or pyarrow.
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'seston' has no attribute '{name}'")


def __dir__() -> list[str]:
    return __all__
