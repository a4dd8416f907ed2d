"""What noun phrases say of parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from seston.concepts.extract.open.amounts import GATHERED
from seston.concepts.extract.open.attached import Attached
from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.context import ABSTRACT, State
from seston.concepts.extract.open.phrase import Phrase
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.vocabulary import vocabulary

_RULES = vocabulary().rules
# amounts that only name a subject: "one tentacle grows", "a crown of tentacles catches"
_UNSAID = frozenset(("one", *GATHERED))


@dataclass(frozen=True, slots=True)
class Role:
    """Whether a part is had, denied, the subject; ``missing`` is "absent" or "present" where only that is said."""

    had: bool = False
    denied: bool = False
    subject: bool = False
    missing: str = ""


class Parts(Attached):
    """A sentence whose nouns are read."""

    def _open(self, phrase: Phrase) -> list[str]:
        return [phrase.name] if phrase.kind == "" and phrase.name and self._is_unlisted_part(phrase) else []

    def _is_unlisted_part(self, phrase: Phrase) -> bool:
        """Return whether a noun that no list has is a part by its adjectives: "a coiled haptonema"."""
        told = any(one.text.split()[-1] not in _RULES["weak"] for one in phrase.qualities)
        lemma_ = self.words[phrase.head].lemma
        abstract = lemma_ in vocabulary().grammar["abstract"] or lemma_.endswith(ABSTRACT)
        living = not self.page.thing or self._subject != "self"
        return told and living and not abstract and not phrase.aspect

    def _is_apposition(self, phrase: Phrase) -> bool:
        """Return whether the phrase explains the one before: "a coelom, an internal cavity", "palps, small feelers"."""
        place = self.found.index(phrase)
        if place < 2 or self.found[place - 1].low != ",":
            return False
        after = self.found[place + 1 : place + 3]
        if len(after) > 1 and after[0].low == "of" and after[1].sort == "noun":
            after = self.found[place + 3 : place + 5]  # "the crop, a wide part of the gut, is"
        held = len(after) > 1 and after[0].low == "," and after[1].sort == "verb"
        if not held and after and after[0].sort not in ("stop", "verb", "rel"):
            return False
        if self.words[phrase.begin].low in ("a", "an"):
            return True
        noun, front = self.found[place - 2], self.found[place - 3] if place > 2 else None
        bare = noun.kind == "part" and not noun.qualities and noun.number is None and not noun.none
        first = front is None or front.sort in ("verb", "stop")
        several = self._is_plural(noun) and self._is_plural(phrase)
        return bare and first and several and bool(phrase.qualities) and phrase.number is None and not phrase.the

    def _starts_anew(self, phrase: Phrase, place: int) -> bool:
        """Return whether "and a tail" stands there, which "no" before it does not deny."""
        joined = place > 0 and self.found[place - 1].low in ("and", ",")
        return joined and (self.words[phrase.begin].low in ("a", "an") or phrase.number is not None)

    def _of_part(self, name: str, phrase: Phrase, clause: Clause, state: State, role: Role) -> Iterator[Opened]:
        either = self._either(phrase)
        self._subject = self._owner(phrase) or self._subject
        if role.missing:
            yield from self._there_in(name, phrase, clause, role.missing, either)
        elif role.subject and phrase.none and clause.verb >= 0 and self.found[clause.verb].group == "have":
            return  # "neither pair has claws": the claws are denied, not the pair
        elif phrase.none or (role.had and role.denied):
            if phrase.number is not None and not phrase.none and not phrase.the:
                polarity = "variable" if self._some else "absent"
                yield self._made(name, phrase.number.text, polarity, phrase.number.begin, phrase.end)
            elif phrase.none or phrase.qualities or not phrase.the:
                yield self._denied(name, phrase, clause, role)
        elif state.denied and phrase.indefinite and state.mode in ("prep", "other"):
            return  # "it does not live in a house"
        elif self._speaks_of_form(phrase, state, role):
            if not (role.subject and self._is_denied_kind(phrase, clause)):
                yield from self._qualities_of(name, phrase, clause, role, either)
            yield from self._number_of(name, phrase, state, role, either)

    def _is_denied_kind(self, phrase: Phrase, clause: Clause) -> bool:
        """Return whether a clause denies something of a kind that need not be there: "long tentacles are not seen"."""
        if phrase.the or phrase.number is not None or clause.verb < 0:
            return False
        verb = self.found[clause.verb]
        after = self.words[verb.begin : verb.end + 1]
        return verb.denied or any(word.low in ("not", "never", "seldom", "rarely", "hardly") for word in after)

    def _speaks_of_form(self, phrase: Phrase, state: State, role: Role) -> bool:
        """Return whether the noun is of a body here: "scale" is not in "on a large scale"."""
        generic = self.words[phrase.head].lemma in _RULES["generic"]
        return role.subject or not generic or state.mode not in ("prep", "pred-prep", "")

    def _denied(self, name: str, phrase: Phrase, clause: Clause, role: Role) -> Opened:
        full = " ".join([*(q.text for q in phrase.qualities), name])
        polarity = "variable" if self._some else "absent"
        if role.subject and clause.verb >= 0 and (seen := self._seen(clause)):
            return self._made(full, seen, polarity, phrase.begin, self.found[clause.end - 1].end)
        return self._made(full, "present", polarity, phrase.begin, phrase.end)

    def _qualities_of(self, name: str, phrase: Phrase, clause: Clause, role: Role, either: bool) -> Iterator[Opened]:
        self._plain = phrase.the or (role.subject and clause.verb >= 0)
        for quality in phrase.qualities:
            shy = any(w.low in _RULES["doubt"] for w in self.words[phrase.begin : quality.begin + 1])
            aside = quality.text in _RULES["amounts"] and not (role.had or role.subject)
            if quality.text == "visible" or aside:
                continue
            scoped = role.had or not phrase.the
            vary = (self._some and scoped) or quality.either or phrase.some or either or shy
            yield self._made(name, quality.text, "variable" if vary else "present", quality.begin, phrase.end)
        self._plain = False

    def _number_of(self, name: str, phrase: Phrase, state: State, role: Role, either: bool) -> Iterator[Opened]:
        """Yield how many there are; with neither number nor adjective, that there are some."""
        some = self._some and (role.had or role.subject or state.mode == "pred")
        polarity = "variable" if some or phrase.some or either else "present"
        number, self._carried = phrase.number or self._carried, None
        if number is None:
            if role.had and self._is_bare(name, phrase, state):
                yield self._made(name, "present", polarity, phrase.begin, phrase.end)
        elif (
            not (role.had or role.subject)
            or (role.subject and number.text.removesuffix("s") in _UNSAID)
            or self._picks_out(phrase)
        ):
            return
        elif " or " in number.text and not number.text.endswith(("more", "fewer", "less")):
            first, second = number.text.split(" or ", 1)
            for text in (" ".join([first, *second.split()[1:]]), second):
                yield self._made(name, text, "variable", number.begin, phrase.end)
        else:
            yield self._made(name, number.text, polarity, number.begin, phrase.end)

    def _picks_out(self, phrase: Phrase) -> bool:
        """Return whether a number says which, not how many: "the last two pairs"."""
        return self.words[phrase.begin].low in ("the", "its", "their") and any(
            word.low in ("first", "last", "next", "other", "remaining")
            for word in self.words[phrase.begin : phrase.head]
        )

    def _is_bare(self, name: str, phrase: Phrase, state: State) -> bool:
        """Return whether it is worth saying that a part is there."""
        lemma_ = self.words[phrase.head].lemma
        known = phrase.the and state.mode in ("with", "have") and not self._listed
        vague = lemma_ in _RULES["vague"] and bool(_RULES["vaguely"] & set(name.split()))
        plain = lemma_ in _RULES["never-bare"] and name == lemma_
        after = [word.low for word in self.words[phrase.end : phrase.end + 1]]
        if after == ["than"]:
            return False  # "fewer segments and limbs than others"
        return not (phrase.qualities or known or vague or plain or self._is_apposition(phrase))

    def _there_in(self, name: str, phrase: Phrase, clause: Clause, missing: str, either: bool) -> Iterator[Opened]:
        """Yield that a part is present or absent, for each taxon that has it: "in algae and fungi"."""
        if phrase.number is not None and missing == "present":
            yield self._made(name, phrase.number.text, self._polarity(False, either), phrase.begin, phrase.end)
            return
        missing = "absent" if phrase.none else missing
        full = " ".join([*(q.text for q in phrase.qualities), name])
        stop = min(self.found[clause.verb].end + 2, self.found[clause.end - 1].end)
        places = list(self._where(clause))
        for whom, some in places or [(self._subject, False)]:
            self._subject = whom
            polarity = "variable" if some or (self._some and not places) or either else missing
            yield self._made(full, "present", polarity, phrase.begin, stop)
