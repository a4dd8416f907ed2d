"""Entity and quality of any statement of form, with the concept where the scheme has one."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from seston.concepts.extract import forms
from seston.concepts.extract.attach import Attacher
from seston.concepts.extract.extractor import _other_subject, _stage
from seston.concepts.extract.parse import HAVE, PREP, Before, Noun, Parse, antecedents, is_self, parse
from seston.concepts.extract.quantities import find_quantities
from seston.concepts.extract.scope import Scope, read_scope
from seston.concepts.extract.sentences import split_sentences
from seston.concepts.extract.tokens import lemma
from seston.concepts.extract.wordings import Match, Table, Wordings, compile_wordings, spelt
from seston.concepts.scheme import Scheme

_ACROSS = {"wide": "width", "broad": "width", "across": "width", "diameter": "diameter"}
_NO_FORM = frozenset(("apart", "below", "from", "deep", "depth"))


@dataclass(frozen=True, slots=True)
class Opened:
    """A statement of form; ``start``:``end`` are characters of the text, ``low`` and ``high`` millimetres."""

    entity: str
    quality: str
    polarity: str
    start: int
    end: int
    subject: str = "self"
    stage: str = ""
    concept: str = ""
    low: float | None = None
    high: float | None = None

    def as_dict(self) -> dict[str, object]:
        """Return the statement as `seston extract` writes it."""
        measured = self.high is not None
        quantity = {"value_low": self.low, "value_high": self.high, "unit": "mm"} if measured else None
        return {
            "entity": self.entity,
            "quality": self.quality,
            "polarity": self.polarity,
            "subject": self.subject,
            "stage": self.stage or None,
            "span": [self.start, self.end],
            "quantity": quantity,
            "concept": self.concept or None,
        }


@dataclass(frozen=True)
class OpenReader:
    """Reads every statement of form, those that the scheme has no concept for included.

    Parameters
    ----------
    scheme
        The concepts to link to.

    Examples
    --------
    >>> from seston.concepts.scheme import load_scheme
    >>> [(s.entity, s.quality, s.polarity) for s in OpenReader(load_scheme()).read("The gills are red.")]
    [('gill', 'red', 'present')]
    """

    scheme: Scheme
    _wordings: Wordings = field(init=False, repr=False)

    def __post_init__(self) -> None:
        compiled = compile_wordings(self.scheme)
        extra = {(word,) for word in forms.ADJECTIVES} - set(compiled.mentions)
        table = Table([*compiled.qualities, *extra])
        object.__setattr__(self, "_wordings", replace(compiled, quality_table=table))

    def read(self, text: str, taxon: str = "") -> list[Opened]:
        """Return the statements of a text in its order.

        Parameters
        ----------
        text
            Plain text of any length.
        taxon
            The name of what the text is about.
        """
        names = frozenset(word.lower() for word in taxon.split() if len(word) > 3)
        cellular = bool(forms.PROTIST & {lemma(word.strip(".,;()")) for word in f"{taxon} {text[:2000]}".split()})
        found: list[Opened] = []
        before = Before()
        for sentence in split_sentences(text):
            parsed = parse(sentence.text, self._wordings, names, before)
            before = antecedents(parsed, before)
            subject = _named(parsed, names) or "self"
            for one in self._of_sentence(parsed, "cell" if cellular else "body"):
                moved = replace(one, start=one.start + sentence.start, end=one.end + sentence.start)
                found.append(replace(moved, subject=subject, stage=_stage(parsed)))
        return found

    def _of_sentence(self, parsed: Parse, whole: str) -> list[Opened]:
        scope = read_scope(parsed)
        found = [*self._qualities(parsed, scope, whole), *_parts(parsed, scope), *_lengths(parsed, whole)]
        unique = {(s.entity, s.quality, s.start): s for s in found}
        return sorted(unique.values(), key=lambda s: (s.start, s.end))

    def _qualities(self, parsed: Parse, scope: Scope, whole: str) -> Iterator[Opened]:
        attacher = Attacher(parsed)
        for match in parsed.qualities:
            nouns = attacher.nouns_of(match)
            if scope.muted[match.begin] or _is_measure(parsed, match):
                continue
            for noun in nouns:
                if not _speaks_of_form(noun):
                    continue
                denied = scope.denied_quality[match.begin] or (noun.end > 0 and scope.denied_noun[noun.begin])
                some = scope.variable[match.begin] or scope.some[match.begin] or _is_alternative(parsed, match)
                begin, end = (min(match.begin, noun.begin), max(match.end, noun.end)) if noun.end else (0, 0)
                if not 0 < end - begin <= 12:
                    begin, end = match.begin, match.end
                concept = self._concept(match, noun)
                yield Opened(
                    _entity(noun, whole),
                    spelt(match.key),
                    "absent" if denied else "variable" if some else "present",
                    parsed.tokens[begin].start,
                    parsed.tokens[end - 1].end,
                    concept=concept,
                )

    def _concept(self, match: Match, noun: Noun) -> str:
        for link in self._wordings.qualities.get(match.key, ()):
            if noun.name in link.nouns or (link.whole and noun.whole):
                return link.concept
        return next(iter(self._wordings.mentions.get(match.key, ())), "")


def _is_alternative(parsed: Parse, match: Match) -> bool:
    """Return whether "or" joins the quality to another: "red or orange"."""
    near = [n for n in (match.begin - 1, match.end) if 0 <= n < len(parsed.tokens) and parsed.tokens[n].lemma == "or"]
    return any(q.begin == n + 1 or q.end == n for n in near for q in parsed.qualities if q != match)


def _is_measure(parsed: Parse, match: Match) -> bool:
    """Return whether the adjective follows its measure, which says all: "20 mm long"."""
    begin = parsed.tokens[match.begin].start
    return any(0 <= begin - quantity.end <= 1 for quantity in find_quantities(parsed.text))


def _speaks_of_form(noun: Noun) -> bool:
    last = noun.name.split()[-1]
    return noun.whole or noun.known or noun.shape or noun.pronoun or last in forms.PARTS


def _entity(noun: Noun, whole: str) -> str:
    if noun.name.split()[-1] == "colony":
        return "colony"
    return whole if noun.whole or noun.shape else noun.name


def _parts(parsed: Parse, scope: Scope) -> Iterator[Opened]:
    """Yield parts that something has or lacks: "with two eyes", "has a shell", "without fins"."""
    for noun in parsed.nouns:
        last = noun.name.split()[-1] if noun.name else ""
        if noun.whole or last not in forms.PARTS or scope.muted[noun.begin] or not _is_had(parsed, noun):
            continue
        some = scope.variable[noun.begin] or scope.some[noun.begin]
        polarity = "absent" if scope.denied_noun[noun.begin] else "variable" if some else "present"
        start, end = parsed.tokens[noun.begin].start, parsed.tokens[noun.end - 1].end
        yield Opened(noun.name, "present", polarity, start, end)


def _is_had(parsed: Parse, noun: Noun) -> bool:
    clause = parsed.clause_of(noun.begin)
    for place in range(noun.begin - 1, clause.begin - 1, -1):
        low = parsed.tokens[place].lemma
        if parsed.classes[place] == HAVE or low in ("with", "without", "no", "lack", "there"):
            return True
        if parsed.classes[place] == PREP:
            return False
    return False


def _lengths(parsed: Parse, whole: str) -> Iterator[Opened]:
    for quantity in find_quantities(parsed.text):
        after = [token.lemma for token in parsed.tokens if token.start >= quantity.end][:3]
        lemmas = {token.lemma for token in parsed.tokens}
        if quantity.unit != "mm" or _NO_FORM & set(after) or forms.ELSEWHERE & lemmas:
            continue
        place = next(n for n, token in enumerate(parsed.tokens) if token.end > quantity.start)
        nouns = parsed.clause_of(place).subjects[:1]
        entity = _entity(nouns[0], whole) if nouns and _speaks_of_form(nouns[0]) else whole
        quality = next((_ACROSS[word] for word in after if word in _ACROSS), "length")
        bounded = parsed.text[: quantity.start].lower().rstrip().endswith("up to")
        low = None if bounded else quantity.low
        yield Opened(entity, quality, "present", quantity.start, quantity.end, low=low, high=quantity.high)


def _named(parsed: Parse, names: frozenset[str]) -> str:
    """Return the other taxon that the sentence begins with, empty where it speaks of its own."""
    other = _other_subject(parsed, "", names)
    first = parsed.tokens[0] if parsed.tokens else None
    if other or first is None or not first.text[0].isupper() or is_self(first, names):
        return other
    latin = names and first.text.lower().endswith(("idae", "acea", "oida", "ales"))
    return first.text if latin and any(n.begin == 0 for c in parsed.clauses for n in c.subjects) else ""
