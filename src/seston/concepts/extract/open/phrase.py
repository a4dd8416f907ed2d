"""A phrase, and an adjective in it."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Quality:
    """An adjective of form, words ``begin``:``end``; ``either`` says that it is one of several alternatives."""

    text: str
    begin: int
    end: int
    either: bool = False


@dataclass(slots=True, eq=False)
class Phrase:
    """Words ``begin``:``end``. ``sort`` is "noun", "verb", "quality", "prep", "join", "sub", "rel" or "stop".

    Of a noun phrase, ``head`` is the place of its head, ``kind`` the head's, ``name`` its words without article,
    number and qualities; ``some``, ``none`` and ``the`` are what its article says.
    """

    sort: str
    begin: int
    end: int
    head: int = -1
    kind: str = ""
    name: str = ""
    low: str = ""
    qualities: list[Quality] = field(default_factory=list)
    number: Quality | None = None
    some: bool = False
    none: bool = False
    the: bool = False
    indefinite: bool = False
    own: bool = False
    group: str = ""
    lemma: str = ""
    denied: bool = False
    modal: bool = False
    finite: bool = True
    passive: bool = False
    aspect: bool = False
    sortof: bool = False
