"""A sentence as tokens, word classes, noun phrases and clauses: just enough grammar to know what an adjective is about.

There is no tagger and no model: closed classes come from the lexicon, adjectives from the scheme, and every other word
is taken for a noun. Each decision can therefore be traced to a line of a word list.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.tokens import Token, tokenise
from seston.concepts.extract.wordings import Match, Wordings

DET, PREP, CONJ, SUB, VERB, COP, HAVE, MAKE, MODAL, ADV, PRON, NEG, PUNCT, QUAL, WORD = range(15)
VERBAL = frozenset((VERB, COP, HAVE, MAKE, MODAL))
NOMINAL = frozenset((QUAL, WORD))
_CLASSES = (
    (words.NEGATORS, NEG),
    (words.COPULAS, COP),
    (words.HAVING, HAVE),
    (words.MAKING, MAKE),
    (words.MODALS, MODAL),
    (words.DETERMINERS, DET),
    (words.PRONOUNS, PRON),
    (words.CONJUNCTIONS, CONJ),
    (words.SUBORDINATORS, SUB),
    (words.PREPOSITIONS, PREP),
    (words.ADVERBS, ADV),
    (words.OTHER_VERBS, VERB),
)
BODY = "body"
_PARTICIPLES = words.words_of("shaped like looking drawn built grown cut set bent spread")
_MEMBERS = frozenset(("most", "all", "many", "some", "few", "a", "other", "both"))


@dataclass(frozen=True, slots=True)
class Noun:
    """The head of a noun phrase, tokens ``begin``:``end``; ``name`` is its lemmas.

    ``whole`` says that it names all of what the passage is about; ``known`` that the scheme has the word; ``pronoun``
    that a pronoun stands for it; ``shape`` that it is a shape used as a noun.
    """

    name: str
    begin: int
    end: int
    whole: bool = False
    known: bool = False
    plural: bool = False
    pronoun: bool = False
    shape: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """What pronouns may stand for: the subjects of the sentence before, and the last nouns in the plural there."""

    subjects: tuple[Noun, ...] = ()
    plurals: tuple[Noun, ...] = ()


@dataclass
class Clause:
    """Tokens ``begin``:``end`` with their subject nouns; ``verb`` is the first verb, ``end`` where there is none."""

    begin: int
    end: int
    verb: int
    subjects: tuple[Noun, ...] = ()
    relative: bool = False


@dataclass
class Parse:
    """What the grammar found in one sentence."""

    text: str
    tokens: list[Token]
    classes: list[int]
    qualities: list[Match]
    mentions: list[Match]
    nouns: list[Noun]
    clauses: list[Clause] = field(default_factory=list)
    names: frozenset[str] = frozenset()
    label: bool = False
    figures: frozenset[str] = frozenset()

    def clause_of(self, place: int) -> Clause:
        """Return the clause that holds a token."""
        return next(clause for clause in self.clauses if clause.begin <= place < clause.end)

    def quality_at(self, place: int) -> Match | None:
        """Return the quality whose match begins at a token."""
        return next((match for match in self.qualities if match.begin == place), None)


def parse(
    text: str,
    wordings: Wordings,
    names: frozenset[str],
    before: Before = Before(),
    label: bool = False,
    figures: frozenset[str] = frozenset(),
) -> Parse:
    """Parse a sentence.

    Parameters
    ----------
    text
        The sentence.
    wordings
        The compiled scheme.
    names
        Lower-case words that name what the passage is about.
    before
        What pronouns may stand for.
    label
        Whether the text is about a label of a data set, which has no members of other names.
    figures
        Nouns such as "line" by which the text calls the whole object: "the line is straight".

    Returns
    -------
    Parse
        Tokens, classes, matches, nouns and clauses.
    """
    tokens = tokenise(text)
    qualities = wordings.quality_table.find(tokens)
    mentions = wordings.mention_table.find(tokens)
    # An adjective that states its concept alone ("gelatinous") still stands where adjectives stand.
    qualities += [match for match in mentions if match.key[-1].endswith(words.ADJECTIVAL) and match not in qualities]
    classes = _classify(tokens, qualities, mentions, wordings.shapes)
    # A shape that turned out a verb ("flakes stick to a thread") is none.
    qualities = [match for match in qualities if not (_is_shape(match, wordings) and classes[match.begin] == VERB)]
    nouns = _nouns(tokens, classes, qualities, wordings, names)
    parsed = Parse(text, tokens, classes, qualities, mentions, nouns, names=names, label=label, figures=figures)
    # Nouns of another sentence have no place in this one.
    _add_clauses(parsed, Before(_moved(before.subjects), _moved(before.plurals)))
    return parsed


def _is_shape(match: Match, wordings: Wordings) -> bool:
    return match.end - match.begin == 1 and match.key[0] in wordings.shapes


def antecedents(parsed: Parse, before: Before) -> Before:
    """Return what pronouns of the next sentence may stand for."""
    subjects = next((clause.subjects for clause in reversed(parsed.clauses) if clause.subjects), before.subjects)
    plurals = tuple(noun for noun in parsed.nouns if noun.plural and noun.known)[-1:]
    return Before(subjects, plurals)


def _moved(nouns: Sequence[Noun]) -> tuple[Noun, ...]:
    return tuple(replace(noun, begin=0, end=0) for noun in nouns)


def _classify(
    tokens: Sequence[Token], qualities: Sequence[Match], mentions: Sequence[Match], shapes: frozenset[str]
) -> list[int]:
    classes = [_class_of(token, tokens[place - 1] if place else None) for place, token in enumerate(tokens)]
    for match in mentions:
        for place in range(match.begin, match.end):
            if classes[place] == VERB and tokens[place].lemma not in ("see", "view"):
                classes[place] = WORD
    for match in qualities:
        if match.end - match.begin == 1 and classes[match.begin] == HAVE:
            continue  # "carries a mass" is having, wherever "carries eggs" says how
        if match.end - match.begin == 1 and classes[match.begin] == VERB:
            before = classes[match.begin - 1] if match.begin else -1
            # "separates" is no "separate", and flakes that "stick" to a thread are no sticks.
            if _is_plural(tokens[match.begin]) or (match.key[0] in shapes and before not in (DET, COP, QUAL, PREP)):
                continue
        if match.end - match.begin == 1 or any(classes[place] in NOMINAL for place in range(match.begin, match.end)):
            # "Ends in a point" keeps its verb.
            verb = match.end - match.begin > 1 and classes[match.begin] == VERB
            acts = verb and match.begin > 0 and classes[match.begin - 1] not in (COP, ADV, HAVE, PUNCT)
            first = match.begin + acts
            for place in range(first, match.end):
                if classes[place] not in (DET, NEG):
                    classes[place] = QUAL
    for place in range(len(tokens)):
        if classes[place] in (VERB, MAKE) and _is_noun(tokens, classes, place):
            classes[place] = WORD
    return classes


def _is_noun(tokens: Sequence[Token], classes: Sequence[int], place: int) -> bool:
    """Return whether a word like "line" or "ends" is a noun where it stands: after an adjective, or before a verb."""
    before = classes[place - 1] if place else -1
    after = classes[place + 1] if place + 1 < len(classes) else -1
    counted = place > 0 and tokens[place - 1].lemma in ("few", "many", "several", "most")
    return (
        (before == QUAL and not counted and not _is_plural(tokens[place - 1]))
        or (place > 0 and tokens[place - 1].lemma in words.NUMBERS)
        or (after in (COP, HAVE, MODAL) and before not in (PRON, CONJ, PUNCT))
    )


def _class_of(token: Token, previous: Token | None) -> int:
    if not token.text[0].isalnum():
        return PUNCT
    if token.tied:
        return WORD
    low = token.text.lower()
    for members, kind in _CLASSES:
        if low in members or token.lemma in members:
            if kind in (VERB, MAKE) and previous is not None and _wants_noun(previous):
                return WORD
            return kind
    if low.endswith("ly") and len(low) > 4 and low not in words.NO_ADVERBS:
        return ADV
    return WORD


def _wants_noun(previous: Token) -> bool:
    """Return whether a word like "form" after `previous` is a noun rather than a verb."""
    return previous.lemma in words.DETERMINERS or previous.lemma in ("of", "in", "with", "neither")


def _nouns(
    tokens: Sequence[Token],
    classes: Sequence[int],
    qualities: Sequence[Match],
    wordings: Wordings,
    names: frozenset[str],
) -> list[Noun]:
    """Return the heads of the noun phrases from left to right."""
    inside = {place for match in qualities for place in range(match.begin, match.end)}
    entities = {match.end - 1: match for match in wordings.entity_table.find(tokens)}
    found: list[Noun] = []
    place = 0
    while place < len(tokens):
        if classes[place] not in NOMINAL:
            place += 1
            continue
        end = place
        while end < len(tokens) and classes[end] in NOMINAL:
            end += 1
        run = range(place, end - _ends_in_participle(range(place, end), tokens, classes, inside))
        if not _is_predicate(run, tokens, classes):
            found += _heads(run, tokens, inside, entities, wordings, names)
        place = end
    return found


def _ends_in_participle(run: range, tokens: Sequence[Token], classes: Sequence[int], inside: set[int]) -> bool:
    """Return whether a participle follows the noun of a run: "a dark centre surrounded by a zone"."""
    last = run.stop - 1
    by = run.stop < len(tokens) and tokens[run.stop].lemma in ("by", "with")
    return by and len(run) > 1 and tokens[last].lemma.endswith("ed") and not {last, last - 1} & inside


def _is_predicate(run: range, tokens: Sequence[Token], classes: Sequence[int]) -> bool:
    """Return whether words that the scheme lacks are an adjective: "is a tall bell, thimble-shaped"."""
    before = classes[run.start - 1] if run.start else DET
    last = tokens[run.stop - 1]
    unknown = all(classes[place] == WORD for place in run)
    shaped = last.tied and (last.lemma in _PARTICIPLES or last.lemma.endswith("ed"))
    formed = len(run) == 1 and (last.lemma.endswith(("ed", "ous", "ical", "ose")) or last.lemma in words.PREDICATES)
    return unknown and before in (COP, ADV, PUNCT, CONJ) and (shaped or formed)


def _heads(
    run: range,
    tokens: Sequence[Token],
    inside: set[int],
    entities: dict[int, Match],
    wordings: Wordings,
    names: frozenset[str],
) -> list[Noun]:
    """Return the heads of one run of adjectives and nouns: a known noun before an adjective, and the last noun."""
    heads: list[Noun] = []
    for place in run:
        last = place + 1 == run.stop
        match = entities.get(place)
        plain = place not in inside
        if not last and place + 2 == run.stop and place + 1 in entities:
            continue  # the first word of a compound: "front bell"
        if match and match.begin >= run.start and (plain or last) and (last or place + 1 in inside):
            heads.append(_noun(match.begin, place + 1, tokens, wordings, names))
        elif last and tokens[place].lemma in wordings.shapes and not tokens[place].tied:
            plural = _is_plural(tokens[place])
            # "The disc" is the body, "the mouth disc" is none.
            alone = place == run.start or place - 1 in inside
            heads.append(Noun(tokens[place].lemma, place, place + 1, whole=alone, plural=plural, shape=True))
        elif last and len(run) > 1 and not plain and place - 1 in inside and tokens[place].lemma in words.NOUNS:
            # "Rounded corners" rounds the corners, not what has them.
            heads.append(Noun(tokens[place].lemma, place, place + 1, plural=_is_plural(tokens[place])))
        elif (
            plain
            and not tokens[place].text[0].isdigit()
            and (last or (place + 1 in inside and _is_plural(tokens[place])))
        ):
            heads.append(_noun(place, place + 1, tokens, wordings, names))
    return heads


def _is_plural(token: Token) -> bool:
    return token.lemma != token.text.lower() or token.lemma in ("species", "series")


def _noun(begin: int, end: int, tokens: Sequence[Token], wordings: Wordings, names: frozenset[str]) -> Noun:
    key = tuple(token.lemma for token in tokens[begin:end])
    plural = _is_plural(tokens[end - 1])
    whole = key[-1] in words.WHOLE or is_self(tokens[end - 1], names)
    return Noun(" ".join(key), begin, end, whole, key in wordings.entities, plural)


def is_self(token: Token, names: frozenset[str]) -> bool:
    """Return whether a word is one of the names, or begins as one does: "calanoids" for Calanoida."""
    low = token.lemma
    return low in names or (len(low) > 5 and any(name[:6] == low[:6] and len(name) > 5 for name in names))


def _add_clauses(parsed: Parse, before: Before) -> None:
    begin = 0
    for place in [*_boundaries(parsed), len(parsed.tokens)]:
        if place > begin:
            _add_clause(parsed, begin, place, before)
        begin = place


def _boundaries(parsed: Parse) -> list[int]:
    """Return where clauses begin: after ; : and brackets, at subordinators, and at "and" or a comma before a verb."""
    found = []
    verb = parsed.classes[:1] in ([VERB], [COP])
    for place, token in enumerate(parsed.tokens):
        kind = parsed.classes[place]
        if place and (
            (token.text in ";:()–—" or kind == SUB or token.lemma == "but")
            or (verb and (kind == CONJ or token.text == ",") and _verb_follows(parsed, place + 1))
        ):
            found.append(place)
            verb = False
        verb = verb or kind in VERBAL
    return found


def _verb_follows(parsed: Parse, place: int) -> bool:
    """Return whether a new clause begins: a verb at once, or a subject and then a verb before any comma."""
    classes, tokens = parsed.classes, parsed.tokens
    while place < len(tokens) and classes[place] in (ADV, CONJ):
        place += 1
    if place < len(tokens) and classes[place] in VERBAL and tokens[place].text.lower() not in ("being",):
        return not tokens[place].text.lower().endswith(("ing", "ed"))
    if place == len(tokens) or classes[place] not in (DET, PRON, NEG, WORD, QUAL):
        return False
    steps = 0
    while place < len(tokens) and steps < 9:
        if classes[place] in VERBAL:
            return classes[place] != VERB or not tokens[place].text.lower().endswith(("ing", "ed"))
        if classes[place] in (SUB, PUNCT, CONJ):
            return False
        place += 1
        steps += 1
    return False


def _add_clause(parsed: Parse, begin: int, end: int, before: Before) -> None:
    classes, tokens = parsed.classes, parsed.tokens
    verb = next((place for place in range(begin, end) if classes[place] in VERBAL), end)
    relative = tokens[begin].lemma in ("that", "which", "who", "whose")
    clause = Clause(begin, end, verb, relative=relative)
    clause.subjects = tuple(_as_whole(parsed, noun) for noun in _subjects(parsed, clause, before))
    parsed.clauses.append(clause)


def _as_whole(parsed: Parse, noun: Noun) -> Noun:
    """Return "the line" as the whole where the text calls its object a line."""
    known = noun.name in parsed.figures and noun.begin > 0
    definite = known and any(t.text.lower() in ("the", "this", "these") for t in parsed.tokens[: noun.begin][-2:])
    return replace(noun, whole=True) if definite else noun


def _are_pictures(clause: Clause) -> bool:
    return bool(clause.subjects) and all(noun.name in words.PICTURES for noun in clause.subjects)


def figures_of(parsed: Parse) -> frozenset[str]:
    """Return the nouns by which a sentence calls the whole object: "it is a thin line", "it consists of tentacles"."""
    found = set()
    for clause in parsed.clauses:
        lemma = parsed.tokens[clause.verb].lemma if clause.verb < clause.end else ""
        says = lemma in ("consist", "form") or (lemma and parsed.classes[clause.verb] == COP)
        shows = lemma in ("show", "hold", "contain") and _are_pictures(clause)
        if (says and clause.subjects and all(noun.whole for noun in clause.subjects)) or shows:
            after = [noun for noun in parsed.nouns if clause.verb < noun.begin < clause.end][:1]
            between = range(clause.verb + 1, after[0].begin) if after else ()
            if not any(parsed.classes[place] == NEG for place in between):
                found |= {noun.name for noun in after if noun.name in words.FIGURES}
    return frozenset(found)


def _subjects(parsed: Parse, clause: Clause, before: Before) -> tuple[Noun, ...]:
    """Return what the clause's predicate is about."""
    own = _leading_nouns(parsed, clause) if clause.verb < clause.end else ()
    if own:
        return own
    earlier = parsed.clauses[-1] if parsed.clauses else None
    leading = [parsed.tokens[place].lemma for place in range(clause.begin, clause.verb)]
    if "it" in leading or "they" in leading or "them" in leading:
        nouns = earlier.subjects if earlier else before.subjects
        return _antecedent(nouns, before.plurals, plural="it" not in leading)
    if leading and set(leading) <= _MEMBERS:
        return (Noun(BODY, 0, 0, whole=True, plural=True),)
    if "there" in leading:
        return tuple(noun for noun in parsed.nouns if clause.verb < noun.begin < clause.end)[:1]
    if clause.relative:
        left = [noun for noun in parsed.nouns if noun.end <= clause.begin]
        return tuple(left[-1:])
    if earlier is None:
        return ()
    return earlier.subjects


def _antecedent(subjects: Sequence[Noun], plurals: Sequence[Noun], plural: bool) -> tuple[Noun, ...]:
    """Return what "it" or "they" stands for: the subject before, the plural noun before, or the whole."""
    fitting = tuple(noun for noun in subjects if noun.plural == plural or (noun.whole and not plurals))
    if plural and not fitting:
        fitting = tuple(plurals)
    if not plural and not fitting:
        fitting = tuple(noun for noun in subjects if noun.whole)
    return tuple(replace(noun, pronoun=True) for noun in fitting) or (Noun(BODY, 0, 0, whole=True, plural=plural),)


def _leading_nouns(parsed: Parse, clause: Clause) -> tuple[Noun, ...]:
    """Return the nouns before the verb that no preposition governs; "a pair of antennae" stands for the antennae."""
    found: list[Noun] = []
    governed = False
    for place in range(clause.begin, clause.verb):
        kind = parsed.classes[place]
        if kind == PREP:
            quantity = found and parsed.tokens[place].lemma == "of" and _is_quantity(parsed.tokens[found[-1].end - 1])
            governed = not quantity
            if quantity and parsed.tokens[found[-1].end - 1].lemma not in words.ASPECTS:
                found.pop()
        elif kind == DET or (kind == PUNCT and parsed.tokens[place].text == ","):
            governed = governed and parsed.tokens[place - 1].lemma in words.PREPOSITIONS if kind == DET else False
        for noun in parsed.nouns:
            if noun.end - 1 == place and not governed:
                found.append(noun)
            elif noun.end - 1 == place:
                governed = parsed.tokens[place].lemma in ("",)
    return tuple(found)


def _is_quantity(token: Token) -> bool:
    return token.lemma in words.QUANTIFIERS or token.lemma in words.ASPECTS
