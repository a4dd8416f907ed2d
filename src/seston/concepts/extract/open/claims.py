"""Clauses to statements."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from seston.concepts.extract.lexicon import words_of
from seston.concepts.extract.open.clauses import Clause, clauses
from seston.concepts.extract.open.measures import Measure, measures
from seston.concepts.extract.open.phrases import Phrase, Quality, phrases
from seston.concepts.extract.open.statement import Opened
from seston.concepts.extract.open.tagging import DET, NOUN, QUALITY, Word, tag
from seston.concepts.extract.open.vocabulary import vocabulary
from seston.concepts.extract.open.whom import Page

_VARIABLE = words_of("""usually often sometimes rarely seldom may might can could occasionally frequently generally typically commonly
    normally mostly mainly variously either optionally""")
_SOFT = words_of("usually typically generally commonly normally often mostly mainly frequently")
_COVERING = words_of("""cover surround enclose line fringe fill equip arm adorn ornament support encircle flank compose make form
    tip flank envelop connect link protect back divide separate""")
_MAKING = words_of("make compose form connect protect link")
_OF_PARTS = words_of("""
    prominent conspicuous inconspicuous distinct indistinct simple complex compound single double multiple several developed undeveloped united divided
    separated separate joined fused reduced abundant numerous closed open exposed concentrated uniform fine clear compact
    incomplete complete
""")
_AMOUNTS = words_of("single double multiple several numerous countless abundant various triple few many")
_VAGUE = words_of("organ part extension region area system tissue process")
_VAGUELY = words_of("special specialized specialised specialist main internal external vital modified such reproductive")
_NEVER_BARE = words_of("""
    cell tissue organ part area region side end surface interior exterior zone centre center middle front rear extension
    body portion section system process structures half edge border
""")
_GENERIC = words_of("""
    area region part portion zone section network scale side surface line layer mass band patch spot centre center middle
    leaf bone tissue crystal matrix mark point field stage structures trunk root branch bar blade face pen
""")
_FIGURES = words_of("""
    lattice network ring string crown tube sphere bar rod thread disc cup funnel mesh sheet bundle tuft fringe band line
    plate knob sac cone column chain
""")
_RANKS = words_of("group genus family order class phylum species kind type")
_PLACED = words_of(
    "locate position place situate insert attach arrange embed set concentrate scatter fuse join connect"
)
_LYING = words_of(
    "lie hang stand sit project extend run arise protrude reach emerge radiate surround droop point stick rise open cover"
)
_SHAPING = {
    "taper": "tapering", "branch": "branching", "bulge": "bulging", "widen": "widening", "curve": "curved", "flatten": "flattened",
    "bifurcate": "bifurcated", "fork": "forked", "coil": "coiled", "overlap": "overlapping", "narrow": "narrowing",
    "protrude": "protruding",
}  # fmt: skip
_PLACES = words_of("""above below under beneath behind between along around over outside inside within near beside in on at beyond
    across throughout to into towards against opposite""")
_MUTING = frozenset(("like", "unlike", "than", "despite", "as"))


@dataclass(slots=True)
class State:
    """Where the reading of a clause stands."""

    mode: str = ""
    denied: bool = False
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a pronoun of the next sentence stands for."""

    entity: str = ""
    subject: str = "self"
    stage: str = ""


class Sentence:
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
        self.words = [word for word in tag(text) if not self._within_size(word)]
        for word in self.words:
            if word.tag == NOUN and not word.kind and not page.thing and page.is_own(word.low):
                word.kind = "taxon"
        self.next = before
        self._plain = False
        self._carried: Quality | None = None
        self._last: list[str] = []
        self._outer = False

    def statements(self) -> list[Opened]:
        """Return the statements, in the order of the text, none twice."""
        if not self._may_speak_of_form():
            return []
        self.found = phrases(self.words)
        self.clauses = clauses(self.found, self.words)
        made: list[Opened] = []
        self._whom = "self"
        for clause in self.clauses:
            read = list(self._of_clause(clause))
            for name in self._names_of(clause):
                made.extend(replace(one, subject=name) if one.subject == self._subject else one for one in read)
        unique = {(s.entity, s.quality, s.subject, s.start if s.unit else 0): s for s in made}
        return sorted(unique.values(), key=lambda s: (s.start, s.end))

    def _within_size(self, word: Word) -> bool:
        return any(one.start <= word.start and word.end <= one.end for one in self.sizes)

    def _may_speak_of_form(self) -> bool:
        if not self.words or "|" in self.text or self.text.startswith(("File:", "Image:")):
            return False
        return bool(self.sizes) or any(word.kind == "part" or word.tag == QUALITY for word in self.words)

    # ---- whom and what

    def _of_clause(self, clause: Clause) -> Iterator[Opened]:
        found, words = self.found, self.words
        subjects = clause.subjects
        whom, some, stage = self._scope(clause)
        self._some = some or self._ends_in_some(clause)
        self._doubts = list(self._doubts_of(clause))
        self._subject, self._stage = whom, stage
        entities = [entity for one in subjects for entity in self._entities(one)] or (
            [self._whole()] if not subjects else []
        )
        if clause is self.clauses[0] and (entities or whom != "self"):
            self.next = Antecedent(entities[0] if entities else "", whom, stage)
        if entities and not clause.relative:
            self._last = entities
        self._owners = bool(entities) or any(one.kind for one in subjects)
        yield from self._read(clause, entities)
        yield from self._measured(clause, entities)

    def _names_of(self, clause: Clause) -> list[str]:
        """Return whom a clause speaks of, more than one where taxa share a verb."""
        named = [self.page.whom(one, self.words) for one in clause.subjects]
        return named if len(named) > 1 and all(named) and not clause.relative else [self._subject]

    def _scope(self, clause: Clause) -> tuple[str, bool, str]:
        """Return whom the clause speaks of, whether of some only, and of which stage."""
        found, words = self.found, self.words
        stop = clause.verb if clause.verb >= 0 else clause.end
        if clause.relative:
            names = [self.page.whom(one, words) for one in clause.subjects]
            named = next((name for name in names if name and name != "self"), "")
            if named and self._is_predicate(clause):
                named = ""
            return named or self._whom, any(one.some for one in clause.subjects), self._stage_of(clause.subjects)
        whom, some, stage = "", clause.shared and self._outer, ""
        span = found[clause.begin : stop]
        for place, phrase in enumerate(span):
            before = span[place - 1] if place else None
            if phrase.sort == "noun":
                governed = before is not None and before.sort == "prep"
                allowed = not governed or (before is not None and before.low in ("in", "of", "among", "within", "for"))
                aside = place > 1 and span[place - 2].low in ("especially", "particularly", "notably")
                if not whom and allowed and not aside:
                    whom = self.page.whom(phrase, words)
                opens = governed and before is not None and before.low in ("in", "among", "for")
                many = phrase.number is not None and phrase.number.text in ("many", "few", "several")
                members = phrase.kind in ("whole", "taxon", "name", "pron") and phrase.kind
                if phrase.some or (many and members and (opens or not governed)) or self._bare_some(phrase):
                    some = some or bool(members) or opens or phrase in clause.subjects
                if opens and phrase.kind == "whole" and not phrase.the and phrase.low not in ("species", "animals"):
                    stage = stage or self._stage_of([phrase])
            elif phrase.low in ("some", "most", "others", "many", "few", "several") and phrase.sort != "noun":
                some = True
        stage = stage or self._stage_of(clause.subjects)
        if not whom and clause.subjects and clause.subjects[0].kind == "pron":
            if clause.subjects[0].low in ("it", "they", "these", "this") and clause is self.clauses[0]:
                whom, stage = self.before.subject, self.before.stage
        if not whom and clause.shared:
            whom = self._whom
        if not whom and clause.parent >= 0 and clause.subjects and clause.subjects[0].kind in ("pron", "part", "whole"):
            whom = self._whom
        self._whom = whom or "self"
        self._outer = some
        return self._whom, some, stage

    def _is_predicate(self, clause: Clause) -> bool:
        """Return whether a relative describes what the main clause says its subject is: "it is a protist that"."""
        main = self.clauses[max(clause.parent, 0)]
        if main is clause or main.verb < 0 or not found_be(self.found[main.verb]) or not clause.subjects:
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
        if phrase.kind == "pron":
            if phrase.low in ("it", "they", "them") and self._last:
                return self._last
            known = phrase.low in ("it", "they", "them") and self.before.entity
            return [self.before.entity if known else self._whole()]
        if word.lemma == "colony":
            return ["colony"]
        if phrase.kind in ("whole", "taxon", "name") or phrase.aspect:
            return ["cell" if word.lemma == "cell" else self._whole()]
        if phrase.kind == "part":
            if word.lemma == "cell":
                return [phrase.name] if " " in phrase.name else ["cell"]
            return _split(phrase.name)
        return []

    # ---- reading

    def _read(self, clause: Clause, entities: list[str]) -> Iterator[Opened]:
        found, words = self.found, self.words
        state = State()
        self._listed = clause.verb >= 0 and self.found[clause.verb].lemma == "consist"
        placed, kept = False, ""
        last: Phrase | None = None
        for place in range(clause.begin, clause.end):
            phrase = found[place]
            if phrase.sort == "verb":
                yield from self._verb(phrase, clause, entities, state, place, last)
            elif phrase.sort == "prep":
                kept = state.mode if state.mode != "muted" else kept
                self._prep(phrase, state, place, last)
            elif phrase.sort == "neg":
                state.denied = phrase.low in ("not", "never", "nor", "neither") or state.denied
                if phrase.low == "without":
                    state.mode, state.denied = "without", True
            elif phrase.sort == "noun":
                if state.mode == "muted":
                    pass
                elif not placed and last is not None and self._is_place(found, place, state, clause):
                    placed = True
                    yield from self._placed(found, place, clause, entities, state)
                    yield from self._noun(phrase, clause, entities, replace_mode(state, "prep"), place)
                else:
                    yield from self._noun(phrase, clause, entities, state, place)
            elif phrase.sort == "quality" and (state.mode == "pred" or (state.mode == "made" and place == clause.verb + 1)):
                yield from self._predicate(phrase, clause, entities, state, place)
            elif phrase.sort == "join" and phrase.low == "," and state.mode == "muted":
                state.mode = kept
            elif phrase.sort == "sub" and phrase.low == "as" and place > clause.begin:
                state.mode = "muted"
            if phrase.sort not in ("join", "adv", "mark"):
                last = phrase

    def _verb(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int, last: Phrase | None) -> Iterator[Opened]:
        found = self.found
        before = found[place - 1] if place > clause.begin else None
        infinitive = before is not None and before.low == "to"
        state.denied = phrase.denied or (before is not None and before.low in ("never", "not"))
        if phrase.group == "have":
            state.mode = "made" if phrase.passive else "have"
            if infinitive and phrase.lemma in ("form", "produce", "develop", "secrete", "show"):
                state.mode = "other"
            if (
                phrase.lemma in ("show", "develop", "produce", "secrete", "hold", "house", "enclose", "own", "exhibit")
                and state.mode == "have"
            ):
                state.mode = "have" if phrase.lemma in ("show", "exhibit") and not infinitive else "weak"
        elif phrase.group == "lack":
            state.mode, state.denied = ("lack", not phrase.denied) if not phrase.passive else ("other", False)
            if phrase.passive and place == clause.verb:
                for one in clause.subjects:
                    for name in self._entities(one) if one.kind == "part" else []:
                        yield self._made(name, "present", self._polarity(True, False), one.begin, phrase.end)
        elif phrase.group == "be":
            state.mode = "muted" if phrase.lemma == "resemble" else "pred"
            if phrase.lemma == "resemble":
                yield from self._resembling(phrase, clause, entities, place)
        elif phrase.lemma in ("call", "name", "term") and phrase.passive and not phrase.finite:
            self._carried = last.number if last is not None and last.sort == "noun" else None
        elif phrase.passive:
            state.mode = "made"
        else:
            state.mode = "other"
        plain = phrase.finite and not phrase.passive and not phrase.denied and place == clause.verb
        if phrase.lemma in _SHAPING and plain and not (place + 1 < clause.end and found[place + 1].sort == "noun"):
            for entity in entities:
                yield self._claim(entity, _SHAPING[phrase.lemma], clause.subjects, phrase.begin, phrase.end, state)
        if (
            phrase.passive
            and phrase.lemma in ("divide", "fuse", "compress", "flatten", "elongate", "join", "separate")
            and place == clause.verb
            and entities
            and any(one.kind in ("part", "pron") or one.low in ("body", "bodies") for one in clause.subjects)
        ):
            quality = {"divide": "divided", "fuse": "fused"}.get(phrase.lemma, self.words[phrase.end - 1].low)
            for entity in entities:
                yield self._claim(entity, quality, clause.subjects, phrase.begin, phrase.end, state)

    def _prep(self, phrase: Phrase, state: State, place: int, last: Phrase | None) -> None:
        low = phrase.low
        verb = last.lemma if last is not None and last.sort == "verb" else ""
        if state.mode == "muted" and low in ("of", "to", "in", "with"):
            return
        if low in ("like", "unlike"):
            state.mode = "muted"
        elif low == "with":
            within = state.denied and state.mode in ("have", "lack", "without", "with")
            state.mode = "prep" if within or verb in ("compare", "start", "begin", "end", "share", "live") else "with"
            state.denied = False
        elif low == "without":
            state.mode, state.denied = "without", True
        elif (low in ("of", "into") and verb in _COVERING) or (low == "by" and verb in _COVERING - _MAKING) or (low == "of" and verb == "consist"):
            state.mode = "with"
        elif low == "of" and state.mode in ("have", "with", "without", "lack"):
            pass
        elif low == "of" and state.mode == "pred" and last is not None and last.head >= 0:
            state.mode = "pred" if self.words[last.head].lemma in _RANKS else "prep"
        elif state.mode == "pred" and low in ("in", "at"):
            state.mode = "pred-prep"
        elif state.mode != "pred-prep":
            state.mode = "prep"

    def _is_place(self, found: Sequence[Phrase], place: int, state: State, clause: Clause) -> bool:
        """Return whether a noun ends a phrase of place that belongs to the verb: "lies under a cover"."""
        if clause.verb < 0 or place < 1 or found[place - 1].sort != "prep" or found[place - 1].low not in _PLACES:
            return False
        at = place - 2
        while at > clause.verb and found[at].sort in ("adv",):
            at -= 1
        if at != clause.verb and not (at == clause.verb + 1 and found[at].sort == "verb"):
            return False
        verb = found[at]
        fits = verb.lemma == "be" or verb.lemma in _LYING or (verb.passive and verb.lemma in _PLACED)
        what = found[place]
        return fits and (
            what.kind == "part"
            or what.low in ("body", "side", "pairs", "rows", "end", "back", "them", "another", "group", "groups")
        )

    def _placed(
        self, found: Sequence[Phrase], place: int, clause: Clause, entities: list[str], state: State
    ) -> Iterator[Opened]:
        prep, what = found[place - 1], found[place]
        words = [w.low for w in self.words[prep.begin : what.end]]
        for entity in entities if not state.denied else ():
            if clause.subjects and all(one.kind == "part" for one in clause.subjects):
                yield self._claim(entity, " ".join(words), clause.subjects, prep.begin, what.end, state)

    def _noun(self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int) -> Iterator[Opened]:
        subject = phrase in clause.subjects and place < (clause.verb if clause.verb >= 0 else clause.end)
        if phrase.kind == "pron":
            if phrase.low == "there" and clause.verb >= 0 and found_be(self.found[clause.verb]):
                self._there = True
            return
        if state.mode == "pred" and self._is_there(clause):
            state.mode = "have"
        if phrase.none and state.mode in ("have", "with"):
            state.denied = True
        elif state.denied and state.mode == "have" and self._starts_anew(phrase, place):
            state.denied = False
        denied = state.denied or phrase.none
        if state.mode == "pred" and not subject and place > clause.verb:
            yield from self._nominal(phrase, clause, entities, state, denied)
            return
        if state.mode == "pred-prep" and phrase.aspect:
            return
        if state.mode in ("have", "with") and phrase.aspect and (state.mode == "have" or clause.verb < 0):
            yield from self._nominal(phrase, clause, entities, state, denied)
            return
        names = self._entities(phrase)
        if phrase.kind == "whole" and phrase.low in ("body", "cell") and phrase.kind:
            if not (phrase.the or subject or state.mode in ("have", "with")):
                return
        elif phrase.kind != "part":
            if phrase.kind == "" and state.mode in ("have", "with", "lack", "without") and phrase.qualities:
                yield from self._unknown(phrase, state, denied)
            return
        had = state.mode in ("have", "with", "lack", "without") and self._owners and not phrase.sortof
        missing = self._missing(clause) if subject else ""
        for name in names:
            yield from self._of_part(name, phrase, clause, state, had, denied, subject, missing)

    def _is_apposition(self, phrase: Phrase) -> bool:
        """Return whether the phrase explains the one before: "a coelom, an internal cavity"."""
        place = self.found.index(phrase)
        if place < 2 or self.found[place - 1].low != "," or self.words[phrase.begin].low not in ("a", "an"):
            return False
        after = self.found[place + 1] if place + 1 < len(self.found) else None
        return after is None or after.sort in ("stop", "verb", "rel")

    def _where(self, clause: Clause) -> str:
        """Return the first taxon that something is present or absent in."""
        for place in range(clause.verb + 2, min(clause.verb + 5, clause.end)):
            before, phrase = self.found[place - 1], self.found[place]
            if phrase.sort == "noun" and before.low in ("in", "from", "among"):
                return self.page.whom(phrase, self.words)
        return ""

    def _starts_anew(self, phrase: Phrase, place: int) -> bool:
        """Return whether "and a tail" stands there, which "no" before it does not deny."""
        joined = place > 0 and self.found[place - 1].low in ("and", ",")
        return joined and (self.words[phrase.begin].low in ("a", "an") or phrase.number is not None)

    def _of_part(
        self,
        name: str,
        phrase: Phrase,
        clause: Clause,
        state: State,
        had: bool,
        denied: bool,
        subject: bool,
        missing: str,
    ) -> Iterator[Opened]:
        begin, end = phrase.begin, phrase.end
        either = self._either(phrase)
        self._subject = self._owner(phrase) or self._subject
        if missing:
            self._subject = self._where(clause) or self._subject
            polarity = "variable" if self._some or either else missing
            full = " ".join([*(q.text for q in phrase.qualities), name])
            stop = min(self.found[clause.verb].end + 2, self.found[clause.end - 1].end)
            yield self._made(full, "present", polarity, begin, stop)
            return
        if (had and denied) or phrase.none:
            full = " ".join([*(q.text for q in phrase.qualities), name])
            if subject and clause.verb >= 0 and (seen := self._seen(clause)):
                yield self._made(
                    full, seen, "variable" if self._some else "absent", begin, self.found[clause.end - 1].end
                )
            elif not subject or had or subject:
                yield self._made(full, "present", "variable" if self._some else "absent", begin, end)
            return
        some = self._some and (had or subject or state.mode in ("pred",))
        lemma_ = self.words[phrase.head].lemma
        if lemma_ in _GENERIC and not subject and state.mode in ("prep", "pred-prep", ""):
            return
        self._plain = phrase.the or (subject and clause.verb >= 0)
        for quality in phrase.qualities:
            if quality.text == "visible" or (quality.text in _AMOUNTS and not (had or subject)):
                continue
            vary = (some and had) or quality.either or phrase.some or either
            yield self._made(name, quality.text, "variable" if vary else "present", quality.begin, end)
        self._plain = False
        number, self._carried = phrase.number or self._carried, None
        if number is not None and not (subject and number.text == "one") and (had or subject):
            vary = some or phrase.some or either
            yield self._made(name, number.text, "variable" if vary else "present", number.begin, end)
        elif had and not phrase.qualities and not (phrase.the and state.mode in ("with", "have") and not self._listed) and not (lemma_ in _NEVER_BARE and name == lemma_) and not (lemma_ in _VAGUE and _VAGUELY & set(name.split())) and not self._is_apposition(phrase):
            vary = some or phrase.some or either
            yield self._made(name, "present", "variable" if vary else "present", begin, end)

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

    def _unknown(self, phrase: Phrase, state: State, denied: bool) -> Iterator[Opened]:
        """Yield nothing of a noun that no list has, for now."""
        return iter(())

    def _nominal(
        self, phrase: Phrase, clause: Clause, entities: list[str], state: State, denied: bool
    ) -> Iterator[Opened]:
        """Yield what "it is a small copepod" says of the subject."""
        lemma_ = self.words[phrase.head].lemma
        if lemma_ in ("group", "genus", "family", "order", "class", "phylum", "number", "part", "example", "role") or (
            phrase.kind == "" and not phrase.aspect and lemma_ not in ("structure",)
        ):
            if phrase.kind == "" and lemma_ not in ("creature",):
                return
            if lemma_ in ("genus", "family", "order", "class", "group", "phylum"):
                return
        if phrase.kind == "part" and not phrase.qualities and not phrase.the and not denied and self._owners:
            yield from self._figure(phrase, clause, entities)
            return
        if phrase.the and phrase.kind in ("taxon", "name"):
            return
        for quality in phrase.qualities:
            if self._too_vague(quality, clause):
                continue
            for entity in entities:
                polarity = self._polarity(denied, quality.either)
                yield self._made(entity, quality.text, polarity, quality.begin, phrase.end)

    def _figure(self, phrase: Phrase, clause: Clause, entities: list[str]) -> Iterator[Opened]:
        """Yield what "the skeleton is a lattice of bars" says of the skeleton."""
        if any(one.kind in ("part", "pron") for one in clause.subjects) and self.words[phrase.head].lemma in _FIGURES:
            words = [word.low for word in self.words[phrase.begin : phrase.end] if word.tag != DET]
            for entity in entities:
                yield self._made(entity, " ".join(words), self._polarity(False, False), phrase.begin, phrase.end)

    def _predicate(
        self, phrase: Phrase, clause: Clause, entities: list[str], state: State, place: int
    ) -> Iterator[Opened]:
        quality = phrase.qualities[0]
        after = self.found[place + 1].low if place + 1 < clause.end else ""
        if self.words[quality.end - 1].tag != QUALITY or self._too_vague(quality, clause):
            return
        if quality.text in ("distinct", "separate", "visible") and after in ("from", "to"):
            return
        if quality.text in ("hard", "clear", "fine") and after in ("to", "for"):
            return
        if quality.text in ("long", "clear", "open") and place + 1 < clause.end and self.found[place + 1].sort == "verb":
            return
        if quality.text in ("larger", "smaller", "longer", "shorter", "visible") and self._compared(place):
            if self._proportion_at(quality):
                return
        either = self._either(phrase)
        before = self.found[place - 1]
        denied = state.denied or before.low == "not"
        for entity in entities:
            start = (
                clause.subjects[-1].begin
                if clause.subjects and clause.subjects[-1].end <= quality.begin
                else quality.begin
            )
            if quality.begin - start > 14 or clause.relative:
                start = quality.begin
            yield self._made(entity, quality.text, self._polarity(denied, either), start, quality.end)
        if before.low == "not":
            state.denied = False

    def _too_vague(self, quality: Quality, clause: Clause) -> bool:
        """Return whether the adjective says form of a part but not of a whole animal or a name."""
        whole = any(one.kind in ("whole", "taxon", "name") and one.low != "body" for one in clause.subjects)
        return whole and quality.text.split()[-1] in _OF_PARTS

    def _compared(self, place: int) -> bool:
        return place + 1 < len(self.found) and self.found[place + 1].low == "than"

    def _resembling(self, phrase: Phrase, clause: Clause, entities: list[str], place: int) -> Iterator[Opened]:
        return iter(())

    # ---- small questions

    def _is_there(self, clause: Clause) -> bool:
        return any(one.kind == "pron" and one.low == "there" for one in clause.subjects)

    def _missing(self, clause: Clause) -> str:
        """Return "absent" or "present" where the predicate says only that."""
        if clause.verb < 0 or not found_be(self.found[clause.verb]):
            return ""
        after = self.words[self.found[clause.verb].end : self.found[clause.end - 1].end]
        lows = [word.low for word in after[:4] if word.tag != 7]
        denied = self.found[clause.verb].denied or lows[:1] == ["not"]
        lows = [low for low in lows if low != "not"]
        if lows[:1] in (["absent"], ["lacking"], ["missing"], ["wanting"]):
            return "present" if denied else "absent"
        if lows[:1] == ["present"]:
            return "absent" if denied else "present"
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

    def _doubts_of(self, clause: Clause) -> Iterator[Word]:
        """Yield the words that make what follows hold for some only: "usually", "may"."""
        begin, end = self.found[clause.begin].begin, self.found[clause.end - 1].end
        for place in range(begin, end):
            word = self.words[place]
            if word.low in _VARIABLE and not (word.low in ("can", "could") and self._is_seen(place, end)):
                yield word

    def _is_seen(self, place: int, end: int) -> bool:
        return any(
            word.low in ("seen", "recognised", "recognized", "observed")
            for word in self.words[place : min(end, place + 4)]
        )

    def _doubted(self, end: int, *, firm: bool = False) -> bool:
        """Return whether a doubt stands before an end of a statement, in characters of the sentence."""
        return any(word.start < end and not (firm and word.low in _SOFT) for word in self._doubts)

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

    # ---- sizes

    def _sized(self, quality: Quality) -> bool:
        """Return whether the words belong to a size or a proportion."""
        start, end = self.words[quality.begin].start, self.words[quality.end - 1].end
        return any(one.start < end and start < one.end for one in self.sizes)

    def _proportion_at(self, quality: Quality) -> bool:
        return self._sized(quality)

    def _measured(self, clause: Clause, entities: list[str]) -> Iterator[Opened]:
        begin = 0 if clause.begin == 0 else self.words[self.found[clause.begin].begin].start
        last = clause.end == len(self.found)
        end = len(self.text) if last else self.words[self.found[clause.end].begin].start
        for one in self.sizes:
            if not begin <= one.start < end:
                continue
            owners = self._beside(clause, one) or entities
            if one.kind == "arranged" and not self._is_arranging(clause) and not one.quality.startswith("of "):
                continue
            denied = one.kind == "figure" and self.text[: one.start].endswith("rather than ")
            vary = self._some or self._doubted(one.start, firm=bool(one.unit))
            for entity in owners:
                yield Opened(
                    entity, one.quality, "absent" if denied else "variable" if vary else "present", one.start, one.end,
                    self._subject, self._stage, "", one.low, one.high, one.unit,
                )  # fmt: skip

    def _is_arranging(self, clause: Clause) -> bool:
        if clause.verb < 0:
            return False
        verb = self.found[clause.verb]
        return verb.group == "be" or verb.lemma in _LYING or verb.lemma in _PLACED or verb.lemma in ("appear", "live")

    def _beside(self, clause: Clause, one: Measure) -> list[str]:
        """Return the part that stands right before a measure behind the verb: "with antennae 2 mm long"."""
        for place in range(clause.end - 1, clause.begin - 1, -1):
            phrase = self.found[place]
            if phrase.sort == "noun" and self.words[phrase.end - 1].end <= one.start:
                gap = self.text[self.words[phrase.end - 1].end : one.start].strip(" ,")
                near = gap.lower() in ("", "about", "nearly", "almost", "up to", "of about", "of", "of up to", "approximately")
                behind = clause.verb < 0 or place > clause.verb
                return self._entities(phrase) if near and behind and phrase.kind == "part" else []
        return []


def found_be(phrase: Phrase) -> bool:
    return phrase.group == "be"


def replace_mode(state: State, mode: str) -> State:
    return replace(state, mode=mode)


def _split(name: str) -> list[str]:
    """Return the entities of a name: "dorsal & anal fin" is two."""
    if " & " not in name:
        return [name]
    *front, last = name.split(" & ")
    head = last.split()[-1]
    return [*(f"{one} {head}" for one in front), last]
