"""Sizes, proportions and arrangements, each with its part."""

import re
from collections.abc import Iterator

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.measures import Measure
from seston.concepts.extract.open.predicates import Predicates
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.vocabulary import vocabulary

_RULES = vocabulary().rules
_NEAR = re.compile(
    r"(?:,\s?)?(?:of\s)?(?:(?:usually|often|rarely|seldom|typically|mostly)\s)?"
    r"(?:about|nearly|almost|approximately|up to|more than|less than|at most|at least)?",
    re.I,
)
_SHAPED = re.compile(r"(?:shaped like|in the (?:shape|form|outline) of)\b", re.I)


class Sizes(Predicates):
    """A sentence whose measures find their part."""

    def _measured(self, clause: Clause, entities: list[str]) -> Iterator[Opened]:
        begin = 0 if clause.begin == 0 else self.words[self.found[clause.begin].begin].start
        last = clause.end == len(self.found)
        end = len(self.text) if last else self.words[self.found[clause.end].begin].start
        for one in self.sizes:
            if not begin <= one.start < end:
                continue
            if one.kind == "elsewhere":
                continue
            near = one.kind != "figure" or bool(_SHAPED.match(self.text, one.start))
            owners = (self._beside(clause, one) if near else []) or self._after_loose(clause, one)
            owners = owners or self._sized(clause, one, entities)
            if one.kind == "arranged" and self.text[: one.start].endswith("covered "):
                continue
            if one.kind == "arranged" and not self._is_arranging(clause) and not one.quality.startswith("of "):
                continue
            denied = one.kind == "figure" and self.text[: one.start].endswith("rather than ")
            vary = (
                (one.kind == "figure" and self.text[one.end :].startswith(" or "))
                or self._some
                or self._doubted(one.start, firm=bool(one.unit))
            )
            for entity in owners:
                yield Opened(
                    entity, one.quality, "absent" if denied else "variable" if vary else "present", one.start, one.end,
                    self._subject, self._stage, "", one.low, one.high, one.unit,
                )  # fmt: skip

    def _after_loose(self, clause: Clause, one: Measure) -> list[str]:
        """Return the part before loose words and a size: "with a float, bluish in colour and up to 30 cm long"."""
        if not one.unit or clause.verb < 0:
            return []
        place = clause.end - 1
        while place > clause.verb and self.words[self.found[place].begin].start >= one.start:
            place -= 1
        loose = 0
        while place > clause.verb:
            phrase = self.found[place]
            if phrase.sort == "noun" and not phrase.aspect:
                behind = place + 1 < len(self.found) and self.found[place + 1].low == ","
                return self._entities(phrase) if loose and behind and phrase.kind == "part" else []
            if phrase.sort not in ("quality", "join", "adv", "mark", "noun") and phrase.low != "in":
                return []
            loose += phrase.sort == "quality"
            place -= 1
        return []

    def _sized(self, clause: Clause, one: Measure, entities: list[str]) -> list[str]:
        """Return the subject where its verb may bring a size: not in "the arms bring the whole to 2 mm"."""
        if clause.verb < 0 or not one.unit or one.end <= self.words[self.found[clause.verb].begin].start:
            return entities
        verb = self.found[clause.verb]
        after = self.found[clause.verb + 1] if clause.verb + 1 < clause.end else None
        if after is None or verb.group != "other" or verb.passive or after.sort != "noun" or after.aspect:
            return entities
        return [] if self.words[after.begin].start < one.start else entities

    def _is_arranging(self, clause: Clause) -> bool:
        if clause.verb < 0:
            return False
        verb = self.found[clause.verb]
        return (
            verb.group == "be"
            or verb.lemma in _RULES["lying"]
            or verb.lemma in _RULES["placed"]
            or verb.lemma in ("appear", "live")
        )

    def _beside(self, clause: Clause, one: Measure) -> list[str]:
        """Return the part that stands right before a measure behind the verb: "with antennae 2 mm long".

        Behind a comma only the verb's own object does: "has a round body, up to 2 cm across".
        """
        for place in range(clause.end - 1, clause.begin - 1, -1):
            phrase = self.found[place]
            if phrase.sort == "noun" and self.words[phrase.end - 1].end <= one.start:
                gap = self.text[self.words[phrase.end - 1].end : one.start].strip()
                near = not gap.startswith(",") and bool(_NEAR.fullmatch(gap))
                near |= one.kind == "proportion" and gap.startswith(",") and " as the " in one.quality and len(gap) < 10
                behind = clause.verb < 0 or place > clause.verb
                if near and behind and phrase.kind == "part":
                    return self._entities(phrase)
                apart = one.unit and bool(_NEAR.fullmatch(gap)) and self._is_object(clause, place)
                return self._entities(phrase) if apart and phrase.kind in ("part", "whole") else []
        return []

    def _is_object(self, clause: Clause, place: int) -> bool:
        """Return whether only words of its own stand between the verb and a noun."""
        if not clause.begin <= clause.verb < place or self.found[clause.verb].lemma not in ("have", "bear", "carry"):
            return False
        return all(phrase.sort in ("quality", "adv", "join") for phrase in self.found[clause.verb + 1 : place])
