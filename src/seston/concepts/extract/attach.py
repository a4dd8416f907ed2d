"""Which noun an adjective is about."""

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.grammar import (
    ADV,
    CONJ,
    COP,
    DET,
    HAVE,
    MAKE,
    NEG,
    NOMINAL,
    PREP,
    QUAL,
    VERBAL,
    Clause,
    Noun,
    Parse,
)
from seston.concepts.extract.wordings import Match

_COUNTING = frozenset((*words.NUMBERS, "single", "several"))
_OWN = frozenset(("with", "of", "in"))
_AWAY = frozenset(("to", "into", "from", "than"))
_CORE = frozenset(("body", "silhouette"))
_TIPS = frozenset(("end", "tip"))
_SPOTS = frozenset(("spot", "knot", "fleck", "stripe"))
# What a body may show besides.
_MARKS = frozenset(("dot", "line", "bar", "band", "patch", "streak"))
_LINKING = frozenset((",", "and", "or", "to", "but", "nor", "/"))


class Attacher:
    """Finds the nouns of each quality of a sentence, from left to right.

    Parameters
    ----------
    parsed
        The sentence.
    """

    def __init__(self, parsed: Parse) -> None:
        self._parsed = parsed
        self._done: dict[int, tuple[tuple[Noun, ...], bool]] = {}

    def nouns_of(self, match: Match) -> tuple[Noun, ...]:
        """Return the nouns that the quality is stated of; none when the grammar cannot tell."""
        parsed = self._parsed
        clause = parsed.clause_of(match.begin)
        if self._is_no_count(match, clause):
            self._done[match.end] = (clause.subjects, True)
            return ()
        head = self._head_after(match, clause) or self._itself(match)
        if head is not None:
            nouns, predicate = self._attributive(head, match, clause), False
        else:
            nouns, predicate = self._predicative(match, clause)
        self._done[match.end] = (nouns, predicate)
        return nouns

    def _is_no_count(self, match: Match, clause: Clause) -> bool:
        """Return whether a number counts nothing: "one on each side", "several times", "each pair of tentacles"."""
        tokens, first = self._parsed.tokens, match.key[0]
        if first == "pair":
            return match.begin > 0 and tokens[match.begin - 1].lemma == "each"
        if len(match.key) > 1 or first not in _COUNTING:
            return False
        after = tokens[match.end].lemma if match.end < clause.end else ""
        before = tokens[match.begin - 1].text.lower() if match.begin else ""
        if {after, before} & {"to"} and self._is_range(match):
            return True
        return after in ("time", "on", "at", "in", "of", "between", ",") or before in ("between", "than")

    def _is_range(self, match: Match) -> bool:
        """Return whether a number is a bound of a range, which is read as a whole: "two to eight"."""
        beside = [place for place in (match.begin - 2, match.end + 1) if 0 <= place < len(self._parsed.tokens)]
        return any(self._parsed.tokens[place].lemma in words.NUMBERS for place in beside)

    def _head_after(self, match: Match, clause: Clause) -> Noun | None:
        """Return the noun that the quality stands before, over further adjectives and over "and"."""
        parsed, place = self._parsed, match.end
        hops = 0
        while place < clause.end:
            kind = parsed.classes[place]
            if kind in NOMINAL:
                inside = next((m for m in parsed.qualities if m.begin <= place < m.end), None)
                noun = next((n for n in parsed.nouns if n.begin <= place < n.end), None)
                if noun and (not inside or noun.end == self._run_end(place)):
                    return noun
                if inside and inside.key[-1] == "of":
                    # "Several circles of tentacles" counts the circles.
                    return Noun(inside.key[0], place, place + 1)
                place = inside.end if inside else place + 1
            elif kind == ADV and self._leads_to_noun(place + 1, clause):
                place += 1
            elif hops < 3 and self._links(place, clause):
                hops += 1
                place += 1
            elif (kind == DET and match.key[-1] == "of") or (kind == NEG and parsed.tokens[place].lemma == "no"):
                place += 1  # "a fringe of the tentacles", "carries no eggs"
            else:
                return None
        return None

    def _itself(self, match: Match) -> Noun | None:
        """Return the quality as a noun, where it is one: "a bell"."""
        return next((noun for noun in self._parsed.nouns if (noun.begin, noun.end) == (match.begin, match.end)), None)

    def _run_end(self, place: int) -> int:
        while place < len(self._parsed.tokens) and self._parsed.classes[place] in NOMINAL:
            place += 1
        return place

    def _leads_to_noun(self, place: int, clause: Clause) -> bool:
        return place < clause.end and self._parsed.classes[place] in (*NOMINAL, ADV)

    def _quality_next(self, place: int, clause: Clause) -> bool:
        """Return whether an adjective follows that itself stands before a noun of its run."""
        classes = self._parsed.classes
        while place < clause.end and (classes[place] in (ADV, CONJ)):
            place += 1
        if place >= clause.end or classes[place] != QUAL:
            return False
        quality = self._parsed.quality_at(place)
        return quality is not None and (
            self._run_end(place) > quality.end
            or (quality.end < clause.end and self._parsed.tokens[quality.end].text.lower() in _LINKING)
        )

    def _links(self, place: int, clause: Clause) -> bool:
        """Return whether an adjective follows after "and", a comma or "to"."""
        low = self._parsed.tokens[place].text.lower()
        unknown = low == "," and self._unknown_adjective(place + 1, clause)
        return unknown or (low in _LINKING and self._quality_next(place + 1, clause))

    def _unknown_adjective(self, place: int, clause: Clause) -> bool:
        """Return whether an adjective that the scheme lacks stands before a noun: "slender, jointed-looking arms"."""
        tokens = self._parsed.tokens
        last = self._run_end(place) - 1
        known = any(noun.end - 1 == last and noun.known for noun in self._parsed.nouns)
        first = tokens[place] if place < clause.end else None
        tied = place + 1 < clause.end and tokens[place + 1].tied
        return known and first is not None and last > place and (tied or first.lemma.endswith(words.ADJECTIVAL))

    def _attributive(self, head: Noun, match: Match, clause: Clause) -> tuple[Noun, ...]:
        """Return the head; with it the subject when the phrase says what the subject is."""
        nouns = [head]
        if head.name == "group":
            return ()  # a group of organs, more often than one of animals
        if head.shape:
            nouns = [head] if head in clause.subjects else []
        place = self._phrase_begin(match.begin)
        before = self._parsed.tokens[place].lemma if place >= 0 else ""
        kind = self._parsed.classes[place] if place >= 0 else -1
        # "It forms a narrow chain" makes it narrow; "polyps form a dark centre" leaves the polyps pale.
        makes = kind == MAKE and not (head.known and not head.whole and not head.shape)
        if head.name in _TIPS:
            return tuple(nouns)  # "the front is a rounded end" rounds no head
        if kind == COP or makes or self._says_what_is(place):
            nouns += [noun for noun in clause.subjects if noun.name != head.name]
        elif kind == HAVE and before in ("show", "display") and self._picture(clause):
            nouns += [Noun("body", 0, 0, whole=True)] if not head.known and not self._is_mark(head, clause) else []
        elif head.whole and kind == PREP and before not in _OWN and (before in _AWAY or head.name not in _CORE):
            return ()
        return tuple(nouns)

    def _phrase_begin(self, place: int) -> int:
        """Return the token before the noun phrase that holds `place`."""
        classes, tokens = self._parsed.classes, self._parsed.tokens
        while place >= 0 and (
            classes[place] in (*NOMINAL, ADV, DET)
            or tokens[place].text == ","
            or tokens[place].lemma in ("not", "no", "neither", "nor")
            or (tokens[place].lemma in ("to", "and", "or") and place and classes[place - 1] == QUAL)
        ):
            place -= 1
        return place

    def _says_what_is(self, place: int) -> bool:
        """Return whether "looks like" or "appears as" stands there."""
        tokens = self._parsed.tokens
        figure = tokens[place + 1 : place + 4] if place > 0 and tokens[place].lemma == "as" else []
        if any(token.lemma in ("line", "thread", "strand", "band") for token in figure):
            return True  # "radiate as fine lines"
        return (
            place > 0
            and tokens[place].lemma in ("like", "as")
            and tokens[place - 1].lemma in ("look", "appear", "show", "be")
        )

    def _is_mark(self, head: Noun, clause: Clause) -> bool:
        """Return whether a body shows a mark: "the body shows a dark bar", but not "the picture shows one"."""
        marks = _SPOTS | (_MARKS if any(noun.whole for noun in clause.subjects) else frozenset())
        return head.name in marks

    def _picture(self, clause: Clause) -> bool:
        return any(noun.name in words.PICTURES or noun.whole for noun in clause.subjects)

    def _predicative(self, match: Match, clause: Clause) -> tuple[tuple[Noun, ...], bool]:
        parsed = self._parsed
        place = match.begin - 1
        while place >= clause.begin and parsed.classes[place] in (ADV, DET, NEG):
            place -= 1
        if match.begin and parsed.tokens[match.begin - 1].lemma == "the":
            return (), True  # "seen from the side": a noun
        if place < clause.begin:
            return clause.subjects, True
        kind, low = parsed.classes[place], parsed.tokens[place].text.lower()
        if low in _LINKING:
            while place > clause.begin and parsed.tokens[place - 1].text.lower() in _LINKING:
                place -= 1
            earlier = self._earlier(place, clause)
            if not earlier and parsed.tokens[match.begin - 1].lemma == "not":
                earlier = clause.subjects, True  # "is hairy because of the setae, not smooth"
            return earlier if earlier else (self._left(place, clause) or clause.subjects, True)
        if kind in VERBAL or self._says_what_is(place):
            return clause.subjects, True
        if kind == PREP:
            return self._left(place, clause) or clause.subjects, False
        return self._left(match.begin, clause) or clause.subjects, False

    def _earlier(self, place: int, clause: Clause) -> tuple[tuple[Noun, ...], bool] | None:
        """Return what the coordinated quality before is about."""
        ends = [end for end in self._done if clause.begin < end <= place]
        if not ends:
            return None
        nouns, predicate = self._done[max(ends)]
        near = place - max(ends) <= 3
        if predicate and nouns:
            return nouns, True
        return (nouns, predicate) if near and nouns else None

    def _left(self, place: int, clause: Clause) -> tuple[Noun, ...]:
        """Return the nearest noun to the left with no verb between."""
        for step in range(place - 1, clause.begin - 1, -1):
            if self._parsed.classes[step] in VERBAL:
                return ()
            found = tuple(noun for noun in self._parsed.nouns if noun.end - 1 == step)
            if found:
                return found
        return ()
