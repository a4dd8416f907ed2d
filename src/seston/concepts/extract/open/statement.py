"""What open reading finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opened:
    """A statement of form at ``start``:``end`` of the text; ``low`` and ``high`` are in ``unit``, as written."""

    entity: str
    quality: str
    polarity: str
    start: int
    end: int
    subject: str = "self"
    stage: str = ""
    concept: str = ""
    low: float | None = None
    high: float | None = None
    unit: str = ""

    def at(self, offset: int, concept: str) -> "Opened":
        """Return the statement of a sentence that begins at an offset of its text, with its concept."""
        start, end = self.start + offset, self.end + offset
        said = self.entity, self.quality, self.polarity
        return Opened(*said, start, end, self.subject, self.stage, concept, self.low, self.high, self.unit)

    def as_dict(self) -> dict[str, object]:
        """Return the statement as `seston extract` writes it."""
        quantity = {"value_low": self.low, "value_high": self.high, "unit": self.unit} if self.unit else None
        return {
            "entity": self.entity,
            "quality": self.quality,
            "polarity": self.polarity,
            "subject": self.subject,
            "stage": self.stage or None,
            "span": [self.start, self.end],
            "quantity": quantity,
            "concept": self.concept or None,
        }
