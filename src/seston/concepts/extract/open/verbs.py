"""What verbs and prepositions make of the words behind them."""

from collections.abc import Iterator

from seston.concepts.extract.open.attached import UNSAID
from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.context import State
from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.sizes import Sizes
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.tinged import tinged
from seston.concepts.extract.open.vocabulary import base_of, vocabulary

_RULES = vocabulary().rules
_SHAPING = {
    "taper": "tapering", "branch": "branching", "bulge": "bulging", "widen": "widening", "curve": "curved",
    "flatten": "flattened",
    "bifurcate": "bifurcated", "fork": "forked", "coil": "coiled", "overlap": "overlapping", "narrow": "narrowing",
    "protrude": "protruding",
}  # fmt: skip


class Verbs(Sizes):
    """A sentence whose verbs and prepositions are read."""

    def _verb(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        before = self.found[place - 1] if place > clause.begin else None
        own = [one for one in clause.subjects if clause.shared or one.begin >= self.found[clause.begin].begin]
        nobody = any(one.none and (phrase.group == "have" or one.kind != "part") for one in own)
        state.denied = phrase.denied or (before is not None and before.sort == "neg")
        if before is not None and before.sort == "adv" and place > 1 and self.found[place - 2].sort == "neg":
            state.denied = True  # "no longer have"
        state.denied |= nobody and place == clause.verb
        state.verb = phrase.lemma
        self._set_mode(phrase, clause, state, place, before is not None and before.low == "to")
        gone = phrase.lemma in _RULES["vanishing"] and not phrase.denied
        if (gone or (phrase.group == "lack" and phrase.passive)) and place == clause.verb:
            for one in clause.subjects:
                for name in self._entities(one) if one.kind == "part" else []:
                    yield self._made(name, "present", self._polarity(True, False), one.begin, phrase.end)
        if self._is_participle(phrase) and place != clause.verb:
            if not phrase.modal:
                yield from self._participle(phrase, clause, entities, state, place)
        elif place == clause.verb:
            yield from self._facing(phrase, clause, entities, place)
            yield from self._directed(phrase, clause, entities, place)
            yield from self._shaped(phrase, clause, entities, state, place)

    def _set_mode(self, phrase: Phrase, clause: Clause, state: State, place: int, infinitive: bool) -> None:
        """Settle what a verb makes of the words behind it."""
        if phrase.group == "have":
            state.mode = "made" if phrase.passive else "have"
            if infinitive and phrase.lemma in ("form", "produce", "develop", "secrete", "show"):
                state.mode = "other"
            elif phrase.lemma in ("hold", "house", "enclose") and self._of_parts(clause) and self._brings_part(place):
                pass
            elif phrase.lemma in _RULES["producing"] and state.mode == "have":
                state.mode = "have" if phrase.lemma in ("show", "exhibit") and not infinitive else "weak"
        elif phrase.group == "lack":
            state.mode, state.denied = ("lack", not phrase.denied) if not phrase.passive else ("other", False)
        elif clause.inverted and place == clause.verb:
            state.mode = "have"
        elif (
            phrase.group == "be"
            and infinitive
            and place - 2 > clause.verb >= 0
            and self.found[place - 2].sort == "noun"
        ):
            state.mode = "muted"  # "which allows the jaws to be extended"
        elif phrase.group == "be":
            state.predicate = True
            state.mode = "muted" if phrase.lemma == "resemble" else "pred"
        elif phrase.lemma in ("call", "name", "term") and phrase.passive and not phrase.finite:
            self._carried = state.last.number if state.last is not None and state.last.sort == "noun" else None
        elif phrase.lemma in ("vary", "range") and any(one.aspect or one.kind for one in clause.subjects):
            state.mode, self._ranging = "pred", True
        else:
            state.mode = "made" if phrase.passive else "other"

    def _brings_part(self, place: int) -> bool:
        return place + 1 < len(self.found) and self.found[place + 1].kind == "part" and not self.found[place + 1].the

    def _shaped(
        self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int
    ) -> Iterator[Opened]:
        """Yield what "the arms taper" and "the wings are folded" say."""
        object_ = place + 1 < clause.end and self.found[place + 1].sort == "noun"
        quality = ""
        if phrase.lemma in _SHAPING and phrase.finite and not phrase.passive and not phrase.denied and not object_:
            quality = _SHAPING[phrase.lemma]
        elif self._is_formed(phrase, clause, place):
            quality = {"divide": "divided", "fuse": "fused"}.get(phrase.lemma, self._shown(phrase, place))
        hue = tinged(self.found, self.words, place) if phrase.passive and self._of_parts(clause) else None
        quality = hue.text if hue else quality
        self._told |= {place + 2} if hue else set()
        for entity in entities if quality else ():
            end = hue.end if hue else phrase.end + quality.count(" ")
            yield self._claim(entity, quality, clause.subjects, phrase.begin, end, state)

    def _is_formed(self, phrase: Phrase, clause: Clause, place: int) -> bool:
        """Return whether a passive says how parts are: "are fused", not "can be raised", "are attached to the rim"."""
        if not phrase.passive or self.words[phrase.begin].low in ("can", "must", "could", "should"):
            return False
        if self._shown(phrase, place) in UNSAID:
            return False
        if any(one.none for one in clause.subjects) or self._goes_on_to_place(place, clause):
            return False
        formed = phrase.lemma in _RULES["forming"] and not self._covers(phrase, place)
        if not formed and phrase.lemma not in _RULES["parting"]:
            return False
        return any(one.kind in ("part", "pron") or one.low in ("body", "bodies") for one in clause.subjects)

    def _prep(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        verb = self._verb_before(state)
        if state.placing == place or (phrase.low == "into" and state.last is not None and state.last.sort == "noun"):
            verb = state.verb
        leads = self._leads(phrase.low, verb) and self._is_new(place, clause)
        if state.mode != "muted":
            state.kept = state.mode
        if state.mode != "muted" and not leads:
            names = self._placed_here(clause, entities, state, place)
            if names and self._place_end(place, clause.end):
                state.placing, state.before = self._place_end(place, clause.end), state.mode
                state.mode = "prep"
                yield from self._places(place, clause, names, state)
                return
        direct = state.last is not None and state.last.sort == "verb" and state.mode == "have"
        state.resume = "have" if direct else state.resume if state.last and state.last.sort == "adv" else ""
        if leads:
            state.mode, state.denied = "with", False
            return
        self._mode_behind(phrase, clause, state)

    def _verb_before(self, state: State) -> str:
        """Return the plain form of the verb, or of the participle that is an adjective, right before."""
        if state.last is None or state.last.sort not in ("verb", "quality"):
            return ""
        last = self.words[state.last.end - 1].low
        return state.last.lemma if state.last.sort == "verb" else base_of(last) if last.endswith("ed") else ""

    def _placed_here(self, clause: Clause, entities: list[str], state: State, place: int) -> list[str]:
        """Return the parts whose place a preposition tells: the subject's behind its verb, or the one before."""
        at = place - 1
        while at > clause.verb >= 0 and self.found[at].sort == "adv":
            at -= 1
        if clause.verb >= 0 and (at == clause.verb or (at == clause.verb + 1 and self.found[at].sort == "verb")):
            verb = self.found[at]
            fits = verb.lemma == "be" or verb.lemma in _RULES["lying"]
            fits |= verb.passive and verb.lemma in _RULES["placed"]
            return entities if fits and self._of_parts(clause) and not clause.inverted else []
        seen = self.found[at]
        if seen.low == "and" and state.mode == "pred" and self.found[at - 1].sort == "quality" and not state.denied:
            return entities if self._of_parts(clause) and not clause.inverted else []  # "round and in front of the eye"
        settled = base_of(seen.low) in _RULES["placed"] and seen.low.endswith("ed")
        if seen.sort == "quality" and settled and state.mode == "pred":
            told = self.found[place].low == "to" and base_of(seen.low) in _RULES["joining"]
            return entities if self._of_parts(clause) and not told else []
        if self._is_participle(seen) and seen.lemma in _RULES["placed"] | _RULES["forming"]:
            joined = state.predicate and self._is_joined(at) and self._of_parts(clause)
            return self._target(clause, entities, state, at)[1] or (entities if joined else [])
        had = state.mode in ("have", "with") and state.host_at == place - 1 and self.found[place - 1].kind == "part"
        return state.host if had and self.found[place - 1] not in clause.subjects else []

    def _is_new(self, place: int, clause: Clause) -> bool:
        """Return whether what a preposition brings has not been spoken of: "to a foot", "into lobes"."""
        after = self.found[place + 1] if place + 1 < clause.end else None
        return after is not None and after.sort == "noun" and not after.the

    def _leads(self, low: str, verb: str) -> bool:
        """Return whether what a preposition brings is had: "told by two spots", "ends in a claw"."""
        return (
            (low == "by" and verb in _RULES["knowing"])
            or (low == "in" and verb in _RULES["clothing"])
            or (low in ("in", "with") and verb in _RULES["ending"])
            or (low == "into" and verb in _RULES["drawing"])
            or (low == "to" and verb in _RULES["narrowing"])
        )

    def _mode_behind(self, phrase: Phrase, clause: Clause, state: State) -> None:
        """Settle what a preposition makes of the words behind it."""
        low, last = phrase.low, state.last
        verb = last.lemma if last is not None and last.sort == "verb" else ""
        noun = last.low if last is not None and last.sort == "noun" else ""
        if state.mode == "muted" and low in ("of", "to", "in", "with"):
            return
        front = self.words[phrase.begin - 1].low if phrase.begin else ""
        if (front, low) in (("instead", "of"), ("rather", "than")):
            state.mode = "muted"  # "a disc instead of jaws"
            return
        if low == "of" and last is not None and last in clause.subjects and last.low in ("presence", "absence", "loss"):
            state.mode = "prep"  # what a presence does says nothing of form
            return
        if low in ("like", "unlike"):
            state.mode = "muted"
        elif low == "with":
            self._mode_with(verb, state)
        elif low == "of" and (noun in ("presence", "possession") or (last is not None and last.low == "full")):
            state.mode = "with"
        elif low == "without" or (low == "of" and last is not None and last.low in _RULES["void"]):
            state.mode, state.denied = "without", True
        elif self._ranging and low in ("from", "between", "to", "in"):
            state.mode = "pred"
        elif self._brings(low, verb, last, denied=state.denied):
            state.mode = "with"
        elif low == "of" and state.mode in ("have", "with", "without", "lack"):
            of_part = state.denied and last is not None and last.kind == "part"
            state.mode = "prep" if of_part else state.mode  # "no stem of nectophores"
        elif low == "of" and state.mode == "pred" and last is not None and last.head >= 0:
            state.mode = "pred" if self.words[last.head].lemma in _RULES["ranks"] else "prep"
        elif state.mode != "pred-prep":
            state.mode = "pred-prep" if state.mode == "pred" and low in ("in", "at") else "prep"

    def _mode_with(self, verb: str, state: State) -> None:
        """Settle whether what "with" brings is had: not in "no fin with a sucker", "not covered with", "along with"."""
        within = state.denied and (bool(verb) or state.mode in ("have", "lack", "without", "with"))
        last = state.last.low if state.last is not None else ""
        aside = verb in ("compare", "start", "begin", "share", "live") or last == "along"
        state.mode = "prep" if within or aside else "with"
        state.mode = "pred" if verb in _RULES["tinging"] else state.mode
        state.denied = False

    def _brings(self, low: str, verb: str, last: Phrase | None, *, denied: bool) -> bool:
        """Return whether "by" or "of" brings a part: "fringed by hairs", "made of plates", "consists of"."""
        if low == "by":
            ended = last is not None and last.sort == "quality" and self.words[last.end - 1].low.endswith("ed")
            return not denied and (ended or verb in (_RULES["covering"] | _RULES["forming"]) - _RULES["making"])
        return (low in ("of", "into") and verb in _RULES["covering"]) or (low == "of" and verb == "consist")
