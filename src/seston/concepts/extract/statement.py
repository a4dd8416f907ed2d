"""What a sentence says of one entity."""

from dataclasses import dataclass, replace

from seston.concepts.extract.quantities import Quantity
from seston.records import Polarity


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence says of one entity.

    ``start``:``end`` are characters of the text that was read; ``factor`` multiplies the source's confidence;
    ``subject`` is "self" or the other taxon's name; ``concept`` is empty where the scheme lacks one.
    """

    entity: str
    quality: str
    polarity: Polarity
    start: int
    end: int
    concept: str = ""
    factor: float = 1.0
    subject: str = "self"
    stage: str = ""
    quantity: Quantity | None = None

    def moved(self, by: int) -> "Statement":
        """Return the statement with its span shifted."""
        return replace(self, start=self.start + by, end=self.end + by)


def polarity_of(denied: bool, variable: bool) -> Polarity:
    """Return the polarity; a denial wins over a doubt."""
    return Polarity.ABSENT if denied else Polarity.VARIABLE if variable else Polarity.PRESENT
