"""What the grammar knows of a sentence: whom it speaks of, which parts, of how many it holds."""

from dataclasses import dataclass, field

from seston.concepts.extract.open.clause import Clause
from seston.concepts.extract.open.measures import measures
from seston.concepts.extract.open.phrase import Phrase, Quality
from seston.concepts.extract.open.prose import is_english, is_table
from seston.concepts.extract.open.tagging import tag
from seston.concepts.extract.open.vocabulary import is_part, vocabulary
from seston.concepts.extract.open.whom import Page
from seston.concepts.extract.open.word import NOUN, QUALITY, Word

_RULES = vocabulary().rules
_WHOLES = frozenset(("body", "cell", "colony"))
ABSTRACT = ("tion", "ment", "ness", "ity", "ism", "ance", "ence", "ology", "ship", "er", "or", "ing", "sis", "ture")


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a pronoun of the next sentence stands for.

    ``entity`` is of the subject, ``part`` and ``parts`` the last singular and plural part that was spoken of besides.
    """

    entity: str = ""
    subject: str = "self"
    stage: str = ""
    plural: bool = False
    part: str = ""
    parts: str = ""

    def meant(self, low: str, whole: str) -> str:
        """Return what "it" or "they" stands for: what agrees in number, the subject first.

        >>> Antecedent("bell", parts="tentacle").meant("they", "body")
        'tentacle'
        """
        plural = low != "it"
        if not self.entity or self.plural == plural:
            return self.entity or whole
        if plural:
            return self.parts or whole
        return (self.entity == whole and self.part) or whole  # behind a part "it" is the animal

    def told(self, plural: bool) -> str:
        """Return the part that "those" or "one" stands for: the subject, or what was spoken of besides.

        >>> Antecedent("body", parts="leg").told(True)
        'leg'
        """
        besides = self.parts or self.part
        return besides if besides and (self.entity in _WHOLES or not plural) else self.entity


@dataclass(slots=True)
class State:
    """Where the reading of a clause stands."""

    mode: str = ""
    denied: bool = False
    host: list[str] = field(default_factory=list)
    host_at: int = -1
    attached: bool = False
    loose_denied: bool = False
    predicate: bool = False
    placing: int = -1
    kept: str = ""
    resume: str = ""
    before: str = ""
    likened: bool = False
    had: str = ""
    brought: list[str] = field(default_factory=list)
    verb: str = ""
    elided: int = -1
    last: Phrase | None = None


class Context:
    """A sentence being read.

    Parameters
    ----------
    text
        The sentence.
    page
        Whom the text is about.
    before
        What pronouns may stand for.
    """

    def __init__(self, text: str, page: Page, before: Antecedent) -> None:
        self.text, self.page, self.before = text, page, before
        self.sizes = list(measures(text))
        self.words = tag(text)
        if self.sizes:
            self.words = [word for word in self.words if not self._within_size(word)]
        for word in self.words:
            if (
                word.tag == NOUN
                and not word.kind
                and not page.thing
                and (page.is_own(word.low) or page.ends(word.lemma))
            ):
                word.kind = "taxon"
        for place, word in enumerate(self.words) if " case" in text else ():
            if word.lemma == "case" and any(one.low == "in" for one in self.words[max(place - 3, 0) : place]):
                word.kind = ""  # "in most cases"
        self.next = before
        self.found: list[Phrase] = []
        self.clauses: list[Clause] = []
        self._whom = self._subject = "self"
        self._stage = ""
        self._some = self._owners = self._listed = self._ranging = False
        self._doubts: list[tuple[Word, int]] = []
        self._plain = self._brought = False
        self._carried: Quality | None = None
        self._last: list[str] = []
        self._seen_part: list[str] = []
        self._had: list[str] = []
        self._brought_last: list[str] = []
        self._spoken: list[tuple[bool, str]] = []
        self._told: set[int] = set()
        self._last_plural = self._seen_plural = False
        self._ends: dict[int, int] = {}
        self._outer = self._opened = False
        self._aside: list[Word] = []

    def _within_size(self, word: Word) -> bool:
        if word.low in ("long", "wide", "tall", "high", "across") and self.text[: word.start].endswith(") "):
            return any(0 < word.start - one.end < 30 and one.unit for one in self.sizes)
        return any(
            (one.start <= word.start and word.end <= one.end)
            or (word.low == "some" and bool(one.unit) and word.end + 1 == one.start)
            for one in self.sizes
        )

    def _may_speak_of_form(self) -> bool:
        if not self.words or is_table(self.text) or not is_english(self.words):
            return False
        if self.sizes or any(word.kind == "part" or word.tag == QUALITY for word in self.words):
            return True
        return bool(self.before.entity) and any(word.low in ("absent", "lacking") for word in self.words)

    def _whole(self) -> str:
        return "cell" if self.page.cellular else "body"

    def _counted_before(self, phrase: Phrase) -> list[str]:
        """Return the several parts right before, of which "the last" or "the middle one" is one."""
        before = [one for one in self.found if one.kind == "part" and one.end <= phrase.begin]
        several = bool(before) and before[-1].number is not None and self._is_plural(before[-1])
        which = any(word.low in _RULES["ordered"] for word in self.words[phrase.begin : phrase.end])
        return _split(before[-1].name) if several and which else []

    def _entities(self, phrase: Phrase) -> list[str]:
        """Return the entities that a noun phrase names, none where it is nothing of a body."""
        if phrase.head < 0:
            return []
        word = self.words[phrase.head]
        if phrase.name == "~":
            if word.low == "pair":
                told = [self.before.parts or self.before.part or self.before.entity]
                parts = self._seen_part or [one for one in self._last or told if one and one != self._whole()]
                return [f"{phrase.low} {one.split()[-1]} pair".removeprefix("pair ") for one in parts]
            if told := self._counted_before(phrase) or self._counterpart(phrase):
                return told
            parts = [one for one in self._last if one != self._whole()]
            base = self._seen_part if phrase.indefinite and self._seen_part else parts or self._seen_part or self._last
            if not parts and not self._seen_part and phrase.low in ("those", "that"):
                spoken = [one for one in self.found if one.kind == "part" and one.end <= phrase.begin]
                parts = base = _split(spoken[-1].name) if spoken else base
            if not parts and not self._seen_part and phrase.low in ("these", "those", "ones", "one", "that"):
                base = [one for one in (self.before.told(phrase.low not in ("one", "that")),) if one] or base
            ordered = phrase.low in _RULES["ordered"]
            return [f"{phrase.low} {one.split()[-1]}" for one in base] if ordered else base
        if phrase.kind == "pron":
            differs = bool(self._seen_part) and self._last_plural != self._seen_plural
            if differs and phrase.low == ("they" if self._seen_plural else "it"):
                return self._seen_part  # it agrees with the part, not with the subject
            if phrase.low in ("it", "they", "them") and self._last:
                return self._last
            known = phrase.low in ("it", "they", "them")
            return [self.before.meant(phrase.low, self._whole()) if known else self._whole()]
        if word.lemma in ("colony", "chain"):
            return [word.lemma]
        if phrase.aspect and (owned := self._owned(phrase)):
            return owned
        if phrase.aspect and is_part((front := phrase.name.split()[:-1] or [""])[-1]):
            return [" ".join(front)]
        if phrase.kind == "name" and not phrase.aspect and self.page.words and not self.page.whom(phrase, self.words):
            return []
        if phrase.kind in ("whole", "taxon", "name") or phrase.aspect:
            if word.lemma == "body" and phrase.name.split()[0] in ("hind", "front", "fore", "rear", "upper", "lower"):
                return [phrase.name]
            return ["cell" if word.lemma == "cell" else self._whole()]
        if phrase.kind == "part":
            if word.lemma == "cell":
                return [phrase.name] if " " in phrase.name else ["cell"]
            return _split(phrase.name)
        return [phrase.name] if phrase.own and self._is_thing(phrase) else []

    def _is_plural(self, phrase: Phrase) -> bool:
        if phrase.kind == "pron" or phrase.head < 0:
            return phrase.low not in ("it", "he", "she", "one", "this", "each")
        return self.words[phrase.head].low != self.words[phrase.head].lemma

    def _counterpart(self, phrase: Phrase) -> list[str]:
        """Return the right list where "the right one" stands behind "the left list"."""
        lows = [word.low for word in self.words[phrase.begin : phrase.head]] + [phrase.low]
        which = next((low for low in lows if low in _RULES["ordered"]), "")
        for one in self.found if which else ():
            if one.kind == "part" and one.end <= phrase.begin and one.name.split()[0] in _RULES["ordered"]:
                return [f"{which} {one.name.split()[-1]}"]
        return []

    def _owned(self, aspect: Phrase) -> list[str]:
        """Return the shell of "the shape of the shell"."""
        at = self.found.index(aspect) + 1 if aspect in self.found else len(self.found)
        if at + 1 >= len(self.found) or self.found[at].low != "of" or self.found[at + 1].kind != "part":
            return []
        return self._entities(self.found[at + 1])

    def _is_thing(self, phrase: Phrase) -> bool:
        """Return whether a noun that no list has may be a part: it is none of what is known to be nothing of a body."""
        lemma_ = self.words[phrase.head].lemma
        known = vocabulary().grammar["abstract"] | _RULES["kin"] | _RULES["outside"]
        return phrase.kind == "" and bool(phrase.name) and lemma_ not in known and not lemma_.endswith(ABSTRACT)


def _split(name: str) -> list[str]:
    """Return the entities of a name: "dorsal & anal fin" is two."""
    if " & " not in name:
        return [name]
    *front, last = name.split(" & ")
    head = last.split()[-1]
    return [*(f"{one} {head}" for one in front), last]


def is_be(phrase: Phrase) -> bool:
    """Return whether a verb group is one of being, seeming or looking."""
    return phrase.group == "be"
