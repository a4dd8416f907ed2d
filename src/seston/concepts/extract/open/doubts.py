"""Of how many a statement holds: doubts, alternatives, some members."""

from collections.abc import Iterator, Sequence

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.context import Context, State
from seston.concepts.extract.open.members import is_fraction, is_part_of_members
from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.vocabulary import vocabulary
from seston.concepts.extract.open.word import ADJECTIVE, DET, NEG, NOUN, Word

_RULES = vocabulary().rules
_MISSING = frozenset(("absent", "lacking", "missing", "wanting", "present"))


class Doubts(Context):
    """A sentence that knows how far its doubts reach."""

    def _polarity(self, denied: bool, either: bool) -> str:
        if self._some or either or self._ranging:
            return "variable"
        return "absent" if denied else "present"

    def _ends_in_some(self, clause: Clause) -> bool:
        """Return whether "in some species" stands behind the verb."""
        behind = range(max(clause.verb, clause.begin) + 1, clause.end)
        if any(self.found[n].kind == "name" and self.found[n - 1].low == "in" for n in behind):
            return False
        for place in behind:
            if self.found[place].sort == "verb" and not self.found[place].finite and place > clause.verb + 2:
                return False  # "lacking the patches seen in some members"
            phrase, before = self.found[place], self.found[place - 1]
            if self._aside_end(place - 1):
                continue  # "and, in most species, four horns": of what follows only
            if before.low in ("in", "among") and is_part_of_members(phrase, self.words):
                return True
            if before.low == "of" and self.found[place - 3].low in ("in", "among"):
                return is_fraction(self.found[place - 2], phrase, self.words)
            if phrase.sort == "noun" and before.low in ("in", "among") and phrase.kind != "part":
                few = phrase.number is not None and phrase.number.text in ("many", "few", "several")
                members = phrase.kind or self.words[phrase.head].lemma in ("case", "picture", "image", "view", "group")
                if members and (phrase.some or few):
                    return True
        return False

    def _aside_end(self, place: int) -> int:
        """Return where "in most species," behind a conjunction or a comma ends; 0 where nothing such stands."""
        if place < 2 or self.found[place].low not in ("in", "among") or self.found[place - 1].sort != "join":
            return 0
        at = place + 1
        while at < len(self.found) and (self.found[at].sort == "noun" or self.found[at].low in ("of", "and")):
            at += 1
        closed = at > place + 1 and at < len(self.found) - 1 and self.found[at].low == ","
        return at if closed else 0

    def _is_rare(self, clause: Clause) -> bool:
        """Return whether the predicate says only how often its subject is there: "dark parts are rare"."""
        if clause.verb < 0 or self.found[clause.verb].group != "be":
            return False
        after = [one for one in self.found[clause.verb + 1 : clause.end] if one.sort not in ("adv", "mark")]
        behind = [word.low for word in self.words[after[0].end : after[0].end + 1]] if after else []
        of_one = behind in (["in"], ["for"]) and any(one.kind != "part" for one in clause.subjects)
        return bool(after) and after[0].low in _RULES["how-often"] and not of_one  # not "it is unusual in having"

    def _doubts_of(self, clause: Clause) -> Iterator[tuple[Word, int]]:
        """Yield the words that make what follows hold for some only ("usually", "may") with where that ends."""
        for at in range(clause.begin, clause.end):
            phrase = self.found[at]
            for place in range(phrase.begin, phrase.end):
                word = self.words[place]
                if word.low == "either" and place + 1 < len(self.words) and self.words[place + 1].tag == NOUN:
                    continue
                softened = word.low in ("always", "entirely", "all") and place > 0 and self.words[place - 1].tag == NEG
                if word.low in ("if", "when") and (at > clause.begin or self._is_there_at(at)):
                    yield word, self._end_of(clause)
                if softened:
                    yield word, self._reach(clause, at)
                if word.low in _RULES["doubt"] and not (
                    word.low in ("can", "could", "may") and self._is_seen(place, phrase.end + 3)
                ):
                    sized = any(0 <= one.start - word.end < 8 and one.unit for one in self.sizes)
                    after = self.words[place + 1] if place + 1 < len(self.words) else None
                    if sized or (after is not None and after.tag == ADJECTIVE and after.low not in _MISSING):
                        self._aside.append(word)  # it is said of what follows only
                    yield word, self._reach(clause, at)

    def _is_there_at(self, at: int) -> bool:
        """Return whether "if present," stands there."""
        after = [one.low for one in self.found[at + 1 : at + 3]]
        return after in (["present", ","], ["developed", ","])

    def _reach(self, clause: Clause, at: int) -> int:
        """Return the character where a doubt ends: with its phrase, at a comma before the verb, or with the clause."""
        phrase, first = self.found[at], at == clause.begin or self.found[at - 1].sort in ("join", "sub", "stop", "rel")
        if phrase.sort == "noun" and not (at == clause.begin and self.words[phrase.begin].low in _RULES["doubt"]):
            return self.words[phrase.end - 1].end
        opens = first and not any(one.sort == "noun" for one in self.found[clause.begin : at])
        opens |= at == clause.begin and phrase.sort == "noun"
        if clause.verb > at and not (opens and self.found[at + 1].sort in ("noun", "join", "prep")):
            comma = next((n for n in range(at, clause.verb) if self.found[n].low == ","), -1)
            if comma >= 0:
                return self.words[self.found[comma].begin].start
        return self._end_of(clause)

    def _end_of(self, clause: Clause) -> int:
        if clause.end == len(self.found):
            return len(self.text)
        return self.words[self.found[clause.end].begin].start

    def _is_seen(self, place: int, end: int) -> bool:
        return any(
            word.low in ("seen", "observed", "differentiated", "found")
            or (word.verb is not None and word.verb.lemma in _RULES["knowing"])
            for word in self.words[place : min(end, place + 4)]
        )

    def _doubted(self, end: int, *, firm: bool = False) -> bool:
        """Return whether a doubt reaches the end of a statement, in characters of the sentence."""
        return any(
            word.start < end <= reach and not (word.low in _RULES["soft"] if firm else word in self._aside)
            for word, reach in self._doubts
        )

    def _either(self, phrase: Phrase) -> bool:
        """Return whether "or" or "to" joins the phrase to one of its sort."""
        place = self.found.index(phrase)
        return self._joined(place, 1, phrase.sort) or self._joined(place, -1, phrase.sort)

    def _is_second_name(self, place: int) -> bool:
        """Return whether ", or statocyst," stands there, which is another name for what stands before."""
        at = next((n for n in range(place, max(place - 4, -1), -1) if self.found[n].low == "or"), -1)
        if at < 2 or self.found[at - 1].low != "," or at + 1 >= len(self.found):
            return False
        noun, after = self.found[at + 1], self.found[at + 2] if at + 2 < len(self.found) else None
        bare = noun.sort == "noun" and not noun.qualities and noun.number is None and not noun.indefinite
        single = at < 3 or self.found[at - 3].low != ","
        return bare and single and (after is None or after.low in (",", ".", ";"))

    def _joined(self, place: int, step: int, sort: str) -> bool:
        at = place + step
        commas, passed, phrase_none = 0, False, self.found[place].none
        while 0 <= at < len(self.found):
            one = self.found[at]
            if one.sort == sort:
                commas = 0
                if one.none and not phrase_none:
                    return False  # "a clear body, no eyes or limbs"
                if step < 0:
                    return False  # "oval or round, short": the short is no alternative
                passed = True
            elif (one.sort == "join" and one.low == "or") or (
                sort == "quality" and one.low == "to" and one.sort == "join" and not passed
            ):
                other = at + step
                while 0 <= other < len(self.found) and self.found[other].sort in ("adv", "mark"):
                    other += step
                if not 0 <= other < len(self.found):
                    return False
                with_ = self.found[other]
                if sort == "noun" and self._is_second_name(max(at, place)):
                    return False
                participle = with_.sort == "verb" and with_.passive and not with_.finite
                return with_.sort == sort or (sort == "quality" and (participle or with_.low in ("absent", "lacking")))
            elif one.sort == "join" and one.low == ",":
                commas += 1
                if commas > 1:
                    return False
            elif one.sort not in ("adv", "mark"):
                return False
            at += step
        return False

    def _claim(
        self, entity: str, quality: str, subjects: Sequence[Phrase], begin: int, end: int, state: State
    ) -> Opened:
        start = subjects[0].begin if subjects and subjects[0].end <= begin and begin - subjects[0].begin < 12 else begin
        return self._made(entity, quality, self._polarity(state.denied, False), start, end)

    def _made(self, entity: str, quality: str, polarity: str, begin: int, end: int) -> Opened:
        begin = min(begin, end - 1)
        while begin < end - 1 and self.words[begin].tag == DET:
            begin += 1
        start, stop = self.words[begin].start, self.words[end - 1].end
        if self._doubted(stop) and (polarity == "absent" or not self._plain):
            polarity = "variable"
        return Opened(entity, quality, polarity, start, stop, self._subject, self._stage)
