"""How each token of a sentence is to be taken."""

from dataclasses import dataclass


@dataclass
class Scope:
    """Readings of the tokens of a sentence, one list entry a token.

    ``denied_noun`` and ``denied_quality`` say that a noun or an adjective there is denied; ``muted`` that it states
    nothing of the subject; ``factor`` multiplies the confidence; ``variable`` says that it holds at times,
    ``some`` that it holds for some members.
    """

    denied_noun: list[bool]
    denied_quality: list[bool]
    muted: list[bool]
    factor: list[float]
    variable: list[bool]
    some: list[bool]
