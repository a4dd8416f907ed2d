"""Open reading: every statement of form in plain text, also those that the scheme has no concept for.

Words get their class from word lists (`words/`), classes make phrases, phrases make clauses, clauses make statements.
"""

from seston.concepts.extract.open.reader import OpenReader
from seston.concepts.extract.open.statement import Opened

__all__ = ["OpenReader", "Opened"]
