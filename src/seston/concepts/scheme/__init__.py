"""The concept scheme: its model, the file that it is read from, and the checks of that file."""

from seston.concepts.scheme.loading import load_scheme
from seston.concepts.scheme.model import Facet, Part, Scheme

__all__ = ["Facet", "Part", "Scheme", "load_scheme"]
