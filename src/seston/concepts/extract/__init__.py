"""Text to assertions, by grammar and dictionary: every decision can be traced to a word list or a rule."""

from seston.concepts.extract.extractor import Extractor
from seston.concepts.extract.statement import Statement

__all__ = ["Extractor", "Statement"]
