"""What the grammar knows of a sentence: whom it speaks of, which parts, of how many it holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from seston.concepts.extract.open.clauses import Clause
from seston.concepts.extract.open.measures import measures
from seston.concepts.extract.open.phrases import Phrase, Quality
from seston.concepts.extract.open.prose import is_english, is_table
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.tagging import ADJECTIVE, DET, NEG, NOUN, QUALITY, Word, tag
from seston.concepts.extract.open.vocabulary import vocabulary
from seston.concepts.extract.open.whom import Page

_RULES = vocabulary().rules
_BE = frozenset(
    ("is", "are", "was", "were", "be", "may", "can", "might", "seems", "seem", "remains", "remain", "being")
)
ABSTRACT = ("tion", "ment", "ness", "ity", "ism", "ance", "ence", "ology", "ship", "er", "or", "ing", "sis", "ture")


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a pronoun of the next sentence stands for."""

    entity: str = ""
    subject: str = "self"
    stage: str = ""


@dataclass(slots=True)
class State:
    """Where the reading of a clause stands."""

    mode: str = ""
    denied: bool = False
    soft: bool = False
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
    verb: str = ""
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
            if word.tag == NOUN and not word.kind and not page.thing and page.is_own(word.low):
                word.kind = "taxon"
        self.next = before
        self.found: list[Phrase] = []
        self.clauses: list[Clause] = []
        self._whom = self._subject = "self"
        self._stage = ""
        self._some = self._owners = self._listed = self._ranging = False
        self._doubts: list[tuple[Word, int]] = []
        self._plain = False
        self._carried: Quality | None = None
        self._last: list[str] = []
        self._seen_part: list[str] = []
        self._had: list[str] = []
        self._ends: dict[int, int] = {}
        self._outer = self._opened = False
        self._aside: list[Word] = []

    def _within_size(self, word: Word) -> bool:
        return any(one.start <= word.start and word.end <= one.end for one in self.sizes)

    def _may_speak_of_form(self) -> bool:
        if not self.words or is_table(self.text) or not is_english(self.words):
            return False
        return bool(self.sizes) or any(word.kind == "part" or word.tag == QUALITY for word in self.words)

    def _names_of(self, clause: Clause) -> list[str]:
        """Return whom a clause speaks of, more than one where taxa share a verb."""
        if shared := self._fronted_taxa(clause):
            return shared
        named = [self.page.whom(one, self.words) for one in clause.subjects]
        return named if len(named) > 1 and all(named) and not clause.relative else [self._subject]

    def _fronted_taxa(self, clause: Clause) -> list[str]:
        """Return the taxa that a clause opens with, if more than one: "in copepods and penaeids no horns are found"."""
        at = clause.begin
        while at < clause.end and self.found[at].sort in ("join", "stop", "sub"):
            at += 1
        names: list[str] = []
        if clause.relative or at >= clause.end or self.found[at].low not in ("in", "among"):
            return names
        for phrase in self.found[at + 1 : clause.end]:
            if phrase.sort == "noun":
                name = "" if phrase in clause.subjects else self.page.whom(phrase, self.words)
                if not name:
                    break
                names.append(name)
            elif phrase.sort not in ("join", "mark", "adv"):
                break
        return names if len(names) > 1 and "self" not in names else []

    def _scope(self, clause: Clause) -> tuple[str, bool, str]:
        """Return whom the clause speaks of, whether of some only, and of which stage."""
        found, words = self.found, self.words
        stop = clause.verb if clause.verb >= 0 else clause.end
        if clause.relative:
            outer = self._outer or self._some
            names = [self.page.whom(one, words) for one in clause.subjects]
            named = next((name for name in names if name and name != "self"), "")
            if named and self._is_predicate(clause):
                named = ""
            some = any(one.some for one in clause.subjects) or (outer and not named)
            return named or self._whom, some, self._stage_of(clause.subjects)
        whom, some, stage = "", clause.shared and self._outer, ""
        span = found[clause.begin : stop]
        for place, phrase in enumerate(span):
            before = span[place - 1] if place else None
            if phrase.sort == "noun":
                governed = before is not None and before.sort == "prep"
                allowed = not governed or (before is not None and before.low in ("in", "of", "among", "within", "for"))
                aside = place > 1 and span[place - 2].low in ("especially", "particularly", "notably")
                behind = phrase in clause.subjects[1:] and clause.subjects[0].kind == "part"
                if not whom and allowed and not aside and not behind:
                    whom = self.page.whom(phrase, words)
                opens = governed and before is not None and before.low in ("in", "among", "for")
                if before is not None and before.low in ("unlike", "like", "than", "with", "without"):
                    continue
                many = phrase.number is not None and phrase.number.text in ("many", "few", "several")
                members = phrase.kind in ("whole", "taxon", "name", "pron") and phrase.kind
                members = members or (self.words[phrase.head].lemma in _RULES["ranks"] and "whole")
                if members and self._is_one_of(phrase, place == 0 or opens):
                    some = True
                if phrase.some or (many and members and (opens or not governed)) or self._bare_some(phrase):
                    some = some or bool(members) or opens or phrase in clause.subjects
                if opens and phrase.kind == "whole" and not phrase.the and phrase.low not in ("species", "animals"):
                    stage = stage or self._stage_of([phrase])
            elif phrase.low in ("some", "most", "others", "many", "few", "several") and phrase.sort != "noun":
                some = True
        stage = stage or self._stage_of(clause.subjects)
        pronoun = bool(clause.subjects) and clause.subjects[0].low in ("it", "they")
        if not whom and pronoun and clause is self.clauses[0]:
            whom, stage = self.before.subject, self.before.stage
        if not whom and clause.shared:
            whom = self._whom
        if (
            not whom
            and clause.parent >= 0
            and clause.subjects
            and clause.subjects[0].kind in ("pron", "part", "whole", "")
        ):
            whom = self._whom
            goes_on = found[clause.begin].low in ("and", ",") and clause.subjects[0].kind == "part"
            some = some or (goes_on and self._opened)
        if not clause.shared:
            self._opened = some and found[clause.begin].sort == "prep"
        self._whom = whom or "self"
        self._outer = some
        return self._whom, some, stage

    def _is_few(self, phrase: Phrase) -> bool:
        """Return whether a phrase is of some members only: "one subgenus", "some groups"."""
        members = phrase.kind == "whole" or self.words[phrase.head].lemma in _RULES["ranks"]
        first = self.words[phrase.begin].low
        return members and (phrase.some or first in ("one", "another", "other", "several", "few", "many"))

    def _is_one_of(self, phrase: Phrase, opens: bool) -> bool:
        """Return whether a phrase is of one or other members: "one genus", "other beetles", "a species with spines"."""
        if not opens or phrase.kind == "pron":
            return opens and phrase.low in ("others", "many", "several", "few")
        lows = [word.low for word in self.words[phrase.begin : phrase.head]]
        if lows[:1] == ["other"] or "one" in lows[:1]:
            return True
        ranked = self.words[phrase.head].lemma in ("species", "form", "group", "genus", "family")
        after = self.words[phrase.end].low if phrase.end < len(self.words) else ""
        return ranked and not phrase.the and after in ("with", "without", "that", "which")

    def _is_predicate(self, clause: Clause) -> bool:
        """Return whether a relative describes what the main clause says its subject is: "it is a protist that"."""
        main = self.clauses[max(clause.parent, 0)]
        if main is clause or main.verb < 0 or not is_be(self.found[main.verb]) or not clause.subjects:
            return False
        return clause.subjects[0].kind == "taxon" and self.found.index(clause.subjects[0]) > main.verb

    def _bare_some(self, phrase: Phrase) -> bool:
        return self.words[phrase.begin].low in ("some", "most", "others", "few", "certain") and phrase.kind != "part"

    def _stage_of(self, subjects: Sequence[Phrase]) -> str:
        for phrase in subjects:
            if phrase.head >= 0 and self.words[phrase.head].lemma in vocabulary().grammar["stage"]:
                return self.words[phrase.head].lemma
        return ""

    def _whole(self) -> str:
        return "cell" if self.page.cellular else "body"

    def _entities(self, phrase: Phrase) -> list[str]:
        """Return the entities that a noun phrase names, none where it is nothing of a body."""
        if phrase.head < 0:
            return []
        word = self.words[phrase.head]
        if phrase.name == "~":
            base = self._seen_part if phrase.indefinite and self._seen_part else self._last or self._seen_part
            ordered = phrase.low in _RULES["ordered"]
            return [f"{phrase.low} {one.split()[-1]}" for one in base] if ordered else base
        if phrase.kind == "pron":
            if phrase.low in ("it", "they", "them") and self._last:
                return self._last
            known = phrase.low in ("it", "they", "them") and self.before.entity
            return [self.before.entity if known else self._whole()]
        if word.lemma in ("colony", "chain"):
            return [word.lemma]
        if phrase.kind in ("whole", "taxon", "name") or phrase.aspect:
            return ["cell" if word.lemma == "cell" else self._whole()]
        if phrase.kind == "part":
            if word.lemma == "cell":
                return [phrase.name] if " " in phrase.name else ["cell"]
            return _split(phrase.name)
        return [phrase.name] if phrase.own and self._is_thing(phrase) else []

    def _is_thing(self, phrase: Phrase) -> bool:
        """Return whether a noun that no list has may be a part: it is none of what is known to be nothing of a body."""
        lemma_ = self.words[phrase.head].lemma
        known = vocabulary().grammar["abstract"] | _RULES["kin"] | _RULES["outside"]
        return phrase.kind == "" and bool(phrase.name) and lemma_ not in known and not lemma_.endswith(ABSTRACT)

    def _is_there(self, clause: Clause) -> bool:
        return any(one.kind == "pron" and one.low == "there" for one in clause.subjects)

    def _missing(self, clause: Clause) -> str:
        """Return "absent" or "present" where the predicate says only that."""
        if clause.verb < 0:
            return ""
        if self.found[clause.verb].lemma in ("occur", "appear", "exist"):
            return "present" if any(self._where(clause)) else ""
        if self.words[self.found[clause.verb].begin].low not in _BE:
            return ""
        after = self.words[self.found[clause.verb].end : self.found[clause.end - 1].end]
        verb = self.found[clause.verb]
        lows = [word.low for word in after[:4] if word.tag != 7]
        if verb.end - verb.begin > 1 and self.words[verb.end - 1].low in ("wanting", "lacking", "missing"):
            lows = [self.words[verb.end - 1].low]
        denied = self.found[clause.verb].denied or lows[:1] == ["not"]
        lows = [low for low in lows if low != "not"]
        if lows[:1] in (["absent"], ["lacking"], ["missing"], ["wanting"]):
            return "present" if denied else "absent"
        if lows[:1] == ["present"]:
            return "absent" if denied else "present"
        known = set(lows[:1]) | {self.words[verb.end - 1].low}
        if known & _RULES["among"] and any(self._where(clause)):
            return "absent" if denied else "variable" if known & {"common", "frequent", "widespread"} else "present"
        return ""

    def _seen(self, clause: Clause) -> str:
        for word in self.words[self.found[clause.verb].begin : self.found[clause.end - 1].end]:
            if word.low in ("seen", "visible", "recognisable", "attached", "resolved", "apparent"):
                return word.low
        return ""

    def _either(self, phrase: Phrase) -> bool:
        """Return whether "or" or "to" joins the phrase to one of its sort."""
        place = self.found.index(phrase)
        return self._joined(place, 1, phrase.sort) or self._joined(place, -1, phrase.sort)

    def _joined(self, place: int, step: int, sort: str) -> bool:
        at = place + step
        commas = 0
        while 0 <= at < len(self.found):
            one = self.found[at]
            if one.sort == sort:
                commas = 0
            elif (one.sort == "join" and one.low == "or") or (sort == "quality" and one.low == "to"):
                other = at + step
                while 0 <= other < len(self.found) and self.found[other].sort in ("adv", "mark"):
                    other += step
                return 0 <= other < len(self.found) and self.found[other].sort == sort
            elif one.sort == "join" and one.low == ",":
                commas += 1
                if commas > 1:
                    return False
            elif one.sort not in ("adv", "mark"):
                return False
            at += step
        return False

    def _polarity(self, denied: bool, either: bool) -> str:
        if self._some or either:
            return "variable"
        return "absent" if denied else "present"

    def _ends_in_some(self, clause: Clause) -> bool:
        """Return whether "in some species" stands behind the verb."""
        for place in range(max(clause.verb, clause.begin) + 1, clause.end):
            phrase, before = self.found[place], self.found[place - 1]
            if phrase.sort == "noun" and before.low in ("in", "among") and phrase.kind != "part":
                few = phrase.number is not None and phrase.number.text in ("many", "few", "several")
                members = phrase.kind or self.words[phrase.head].lemma in ("case", "picture", "image", "view", "group")
                if members and (phrase.some or few):
                    return True
        return False

    def _doubts_of(self, clause: Clause) -> Iterator[tuple[Word, int]]:
        """Yield the words that make what follows hold for some only ("usually", "may") with where that ends."""
        for at in range(clause.begin, clause.end):
            phrase = self.found[at]
            for place in range(phrase.begin, phrase.end):
                word = self.words[place]
                if word.low == "either" and place + 1 < len(self.words) and self.words[place + 1].tag == NOUN:
                    continue
                softened = word.low in ("always", "entirely", "all") and place > 0 and self.words[place - 1].tag == NEG
                if softened:
                    yield word, self._reach(clause, at)
                if word.low in _RULES["doubt"] and not (
                    word.low in ("can", "could", "may") and self._is_seen(place, phrase.end + 3)
                ):
                    sized = any(0 <= one.start - word.end < 8 and one.unit for one in self.sizes)
                    if sized or (place + 1 < len(self.words) and self.words[place + 1].tag == ADJECTIVE):
                        self._aside.append(word)  # it is said of what follows only
                    yield word, self._reach(clause, at)

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

    def _where(self, clause: Clause) -> Iterator[tuple[str, bool]]:
        """Yield the taxa that something is present or absent in, and whether in some of their members only."""
        within = False
        for place in range(clause.verb + 1, clause.end):
            phrase = self.found[place]
            if phrase.low in ("in", "from", "among"):
                within = True
            elif phrase.sort == "noun" and within:
                if name := self.page.whom(phrase, self.words):
                    yield name, phrase.some
            elif phrase.sort not in ("join", "mark", "adv"):
                within = within and phrase.sort == "quality" and phrase.low in _RULES["among"]

    def _owner(self, phrase: Phrase) -> str:
        """Return the other taxon that "of" gives the part to: "the skeletons of animals of the order _Aus_"."""
        at, owner = self.found.index(phrase) + 1, ""
        while at + 1 < len(self.found) and self.found[at].low == "of" and self.found[at + 1].sort == "noun":
            name = self.page.whom(self.found[at + 1], self.words)
            owner = name if name and name != "self" else owner
            at += 2
            if at < len(self.found) and self.found[at].sort == "noun" and self.found[at].kind == "name":
                owner = self.page.whom(self.found[at], self.words)
        return owner

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
