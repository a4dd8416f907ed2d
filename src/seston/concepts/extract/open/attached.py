"""What is said of a part beside its noun: loose adjectives, participles, places, and what its verb draws."""

from collections.abc import Iterator

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.context import State
from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.placing import Placing
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.tinged import tinged
from seston.concepts.extract.open.vocabulary import base_of, vocabulary
from seston.concepts.extract.open.word import QUALITY

_RULES = vocabulary().rules
_BETWEEN = frozenset(("join", "adv", "mark", "quality", "neg"))
_PARTICLES = frozenset(
    ("out", "up", "down", "off", "together", "apart", "back", "inwards", "outwards", "upwards", "downwards")
)
# shapes that need nothing behind "with": "rounded, with shallow lobes"
_SHAPES = frozenset(
    ("rounded", "pointed", "elongated", "flattened", "curved", "tapered", "segmented", "lobed", "forked", "coiled")
)
_STUFFS = frozenset(("ivory", "amber", "ebony", "gold", "silver", "bronze", "copper", "cream"))
UNSAID = frozenset(
    (
        "placed",
        "located",
        "set",
        "positioned",
        "situated",
        "inserted",
        "directed",
        "made",
        "displaced",
        "shaped",
        "formed",
    )
)


class Attached(Placing):
    """A sentence whose loose words find the part that they speak of."""

    def _loose(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        """Yield what an adjective says that stands behind its noun, or before it and a comma."""
        quality = phrase.qualities[0]
        counted = clause.verb < 0 and place == clause.begin + 1 + (self.found[clause.begin].sort == "stop")
        if self.words[quality.end - 1].tag != QUALITY and not (counted and quality.text == "numerous"):
            return
        if (quality.text in _RULES["amounts"] and not counted) or phrase.low == "shaped":
            return
        after = self.found[place + 1].low if place + 1 < clause.end else ""
        if self._leads_on(quality.text, after) or quality.text in _STUFFS or (quality.text, after) == ("low", "in"):
            return
        fronted, names = self._target(clause, entities, state, place)
        if not names or (fronted and self._is_vague(quality.text, clause)):
            return
        state.attached = True
        either = self._either(phrase)
        for entity in names:
            yield self._made(
                entity, quality.text, self._polarity(state.loose_denied, either), quality.begin, quality.end
            )

    def _leads_on(self, quality: str, after: str) -> bool:
        """Return whether a participle leads to what is told instead: "ridged with", "ringed by", not "fused with"."""
        if (
            " with " in quality
            or not quality.endswith("ed")
            or quality.endswith("shaped")
            or quality.split()[-1] in _SHAPES
        ):
            return False
        return after == "by" or (after == "with" and base_of(quality.split()[-1]) not in _RULES["joining"])

    def _is_vague(self, quality: str, clause: Clause) -> bool:
        whole = any(
            one.kind in ("whole", "taxon", "name") and one.low not in ("body", "bodies") for one in clause.subjects
        )
        return whole and quality.split()[-1] in _RULES["of-parts"]

    def _target(self, clause: Clause, entities: list[str], state: State, place: int) -> tuple[bool, list[str]]:
        """Return whether the words stand before their subject, and the entities they speak of."""
        at, comma = place - 1, False
        while at >= clause.begin and (self.found[at].sort in _BETWEEN or self._is_participle(self.found[at])):
            comma |= self.found[at].low in (",", "and", "or", "but")
            at -= 1
        state.loose_denied = place > clause.begin and self.found[place - 1].low in ("not", "never")
        if at < clause.begin:
            first = clause.subjects[0] if clause.subjects else None
            if first is None and clause.verb < 0 and clause is self.clauses[0]:
                return True, entities  # "Flat, round and greenish, with two eyes."
            ahead = first is not None and first.begin >= self.found[place].end and not clause.relative
            return True, entities if ahead else []
        noun = self.found[at]
        if noun.sort != "noun" or not state.host:
            return False, []
        if at == state.host_at and (comma or at == place - 1):
            return False, state.host
        return False, state.host if state.attached and comma and at > state.host_at else []

    def _directed(self, phrase: Phrase, clause: Clause, entities: list[str], place: int) -> Iterator[Opened]:
        """Yield what "the horns point downwards" says."""
        after = self.found[place + 1] if place + 1 < clause.end else None
        if (
            after is None
            or after.sort != "adv"
            or phrase.lemma not in _RULES["lying"] | _RULES["forming"]
            or phrase.denied
            or phrase.passive
        ):
            return
        if (after.low.endswith(("ward", "wards")) or after.low in _RULES["directed"]) and self._of_parts(clause):
            for entity in entities:
                yield self._made(
                    entity, f"{phrase.lemma} {after.low}", self._polarity(False, False), phrase.begin, after.end
                )

    def _is_participle(self, phrase: Phrase) -> bool:
        return phrase.sort == "verb" and phrase.passive and not phrase.finite

    def _participle(
        self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int
    ) -> Iterator[Opened]:
        """Yield what "setae set in whorls", "fixed to the rim, the tube" say."""
        hue = tinged(self.found, self.words, place)
        if hue is None and (
            phrase.lemma not in _RULES["forming"]
            or self._shown(phrase, place) in UNSAID
            or self._covers(phrase, place)
            or self._goes_on_to_place(place, clause)
        ):
            return
        _, names = self._target(clause, entities, state, place)
        if not names and state.predicate and self._is_joined(place):
            names = entities
        if names:
            state.attached = True
        end = hue.end if hue else phrase.end + self._shown(phrase, place).count(" ")
        shown = hue.text if hue else self._shown(phrase, place)
        self._told |= {place + 2} if hue else set()
        for entity in names:
            yield self._made(entity, shown, self._polarity(state.loose_denied, False), phrase.begin, end)

    def _covers(self, phrase: Phrase, place: int) -> bool:
        """Return whether a participle leads to a part behind "with": that part is what is said then."""
        after = self.found[place + 1].low if place + 1 < len(self.found) else ""
        if after in ("at", "on", "in") and place + 3 < len(self.found) and self.found[place + 2].sort == "noun":
            after = self.found[place + 3].low  # "prolonged at its hind corner into a spine"
            if after == "into":
                return phrase.lemma in _RULES["drawing"]
        if after == "with" and phrase.lemma in _RULES["joining"]:
            return False
        return after in ("with", "by", "of") and phrase.lemma in _RULES["covering"] | _RULES["forming"]

    def _is_joined(self, place: int) -> bool:
        before = [one for one in self.found[max(0, place - 2) : place] if one.sort not in ("adv", "mark")]
        return bool(before) and before[-1].sort == "join"

    def _shown(self, phrase: Phrase, place: int) -> str:
        """Return the participle with its particle: "drawn out"."""
        words = [self.words[phrase.end - 1].low]
        after = self.found[place + 1] if place + 1 < len(self.found) else None
        if after is not None and (after.low in _PARTICLES or after.low.endswith(("ward", "wards"))):
            words.append(after.low)
        return " ".join(words)

    def _facing(self, phrase: Phrase, clause: Clause, entities: list[str], place: int) -> Iterator[Opened]:
        """Yield what "the lists overhang the girdle" says of the lists."""
        after = self.found[place + 1] if place + 1 < clause.end else None
        if phrase.lemma not in _RULES["facing"] or phrase.passive or after is None or after.sort != "noun":
            return
        nobody = any(one.none for one in clause.subjects)
        if after.kind not in ("part", "whole") or not self._of_parts(clause) or phrase.denied or nobody:
            return
        words = [self.words[phrase.end - 1].low, *(w.low for w in self.words[after.begin : after.end])]
        for entity in entities:
            yield self._made(entity, " ".join(words), self._polarity(False, False), phrase.begin, after.end)

    def _of_parts(self, clause: Clause) -> bool:
        """Return whether a clause speaks of parts, not of animals."""
        if not clause.subjects:
            return False
        return all(
            one.kind == "part"
            or (one.aspect and bool(self._owned(one)))
            or (one.own and self._is_thing(one))
            or (one.kind == "pron" and self._last != [self._whole()])
            for one in clause.subjects
        )
