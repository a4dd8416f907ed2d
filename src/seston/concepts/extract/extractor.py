"""Passages to assertions."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from seston.concepts.extract import lexicon as words
from seston.concepts.extract.clauses import figures_of
from seston.concepts.extract.encyclopedia import SOURCE, is_of_form, is_on_form, stranger
from seston.concepts.extract.grammar import Before, Parse
from seston.concepts.extract.parse import antecedents, parse
from seston.concepts.extract.phrases import is_self
from seston.concepts.extract.scope import read_scope
from seston.concepts.extract.sentences import Sentence, split_sentences
from seston.concepts.extract.statement import Statement
from seston.concepts.extract.statements import find_statements
from seston.concepts.extract.tokens import lemma
from seston.concepts.extract.wordings import Wordings, compile_wordings
from seston.concepts.scheme import Scheme
from seston.records import Assertion, Evidence, Passage

GENERAL = 0.85
CITED = 0.95
ENCYCLOPEDIA = 0.7
_CONTRAST = ("by contrast", "in contrast", "by comparison", "in comparison")
_TRUST = {"general": GENERAL, SOURCE: ENCYCLOPEDIA}
# Words of titles that name no kind of thing.
_COMMON = words.words_of(
    "part piece other type whole form from with early late kind genus family order class label group"
)
_SIBLING = frozenset(("sister", "sibling"))
_SELF = frozenset(("it", "they", "this", "these", "its", "their", "he", "she"))


@dataclass(frozen=True)
class Extractor:
    """Reads what passages state of form.

    Parameters
    ----------
    scheme
        The concepts to look for.
    names
        For a node, the names it goes by: titles, scientific and vernacular names.

    Examples
    --------
    >>> from seston.concepts.scheme import load_scheme
    >>> reader = Extractor(load_scheme())
    >>> [(s.concept, s.polarity.value) for s in reader.read("The body is transparent and has no tentacles.")]
    [('opacity/clear', 'present'), ('tentacles/present', 'absent')]
    """

    scheme: Scheme
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _wordings: Wordings = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_wordings", compile_wordings(self.scheme))

    def read(self, text: str, about: str = "", section: str = "", stage: str = "") -> list[Statement]:
        """Return the statements of a text, spans in its characters, those about others included.

        Parameters
        ----------
        text
            Sentences, with or without marks.
        about
            The node that the text is about.
        section
            Heading; under "Similar forms" a sentence speaks of others unless it begins with a pronoun.
        stage
            Life stage of the section.

        Returns
        -------
        list of Statement
            In the order of the text.
        """
        return [statement for _, statement in self._read(text, about, section, stage)]

    def assertions(self, passages: Iterable[Passage], source: str = "") -> Iterator[Assertion]:
        """Yield what the passages assert of the nodes that they are about.

        Parameters
        ----------
        passages
            Stretches of text; offsets of the evidence are those of the passage's page.
        source
            What the pages are, when they are not our articles, whose sentences cite their sources themselves. Of pages
            of others only sections on form are read, and no sentence that names somebody else.

        Yields
        ------
        Assertion
            Every one, with repetitions; `consolidate` resolves them.
        """
        figures: dict[str, set[str]] = {}
        for passage in passages:
            if source and not is_on_form(passage.section):
                continue
            known = figures.setdefault(passage.about, set())
            place = passage.about, passage.section, passage.stage
            for sentence, statement in self._read(passage.text, *place, strict=bool(source), figures=known):
                quote = passage.text[statement.start : statement.end]
                if source and not is_of_form(statement.concept, quote):
                    continue
                if statement.subject == "self" and statement.concept and _is_stated(statement, passage):
                    yield _assertion(passage, source or sentence.source, statement)

    def parses(self, passage: Passage) -> Iterator[tuple[Sentence, Parse]]:
        """Yield the sentences of a passage that speak of its own node, parsed."""
        names = self._own_names(passage.about)
        for sentence, parsed in self._sentences(passage.text, passage.about, set()):
            if not _other_subject(parsed, passage.section, names):
                yield sentence, parsed

    def _own_names(self, about: str) -> frozenset[str]:
        words_ = _name_words((about.split(":")[-1].replace("_", " "), *self.names.get(about, ())))
        return frozenset(word for word in words_ - _COMMON if not {word, lemma(word)} & self._wordings.words)

    def _sentences(self, text: str, about: str, figures: set[str]) -> Iterator[tuple[Sentence, Parse]]:
        before, names, label = Before(), self._own_names(about), _is_label(about)
        if label:
            figures |= words.NAMED_FIGURES & set(about.split(":")[-1].split("_"))
        for sentence in split_sentences(text):
            parsed = parse(sentence.text, self._wordings, names, before, label, frozenset(figures))
            figures |= figures_of(parsed) if label else set()
            yield sentence, parsed
            before = antecedents(parsed, before)

    def _read(
        self,
        text: str,
        about: str,
        section: str,
        stage: str,
        *,
        strict: bool = False,
        figures: set[str] | None = None,
    ) -> Iterator[tuple[Sentence, Statement]]:
        names = self._own_names(about)
        for sentence, parsed in self._sentences(text, about, set() if figures is None else figures):
            other = _other_subject(parsed, section, names) or (_others(parsed) if _is_label(about) else "")
            other = other or (stranger(parsed) if strict else "") or "self"
            when = "" if _is_label(about) else _stage(parsed) or _egg(parsed, stage) or stage
            for statement in find_statements(parsed, read_scope(parsed), self._wordings):
                yield sentence, replace(statement.moved(sentence.start), subject=other, stage=when)


def _name_words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word.strip(",.()").lower() for name in names for word in name.split() if len(word) > 3)


def _is_label(about: str) -> bool:
    """Return whether the node is a label, whose text speaks of its own stage throughout."""
    return bool(about) and not about.startswith(("worms:", "ecotaxa:"))


def _stage(parsed: Parse) -> str:
    """Return the life stage that the sentence names as its subject."""
    subjects = {noun.name.split()[-1] for clause in parsed.clauses for noun in clause.subjects}
    first = parsed.clauses[0] if parsed.clauses else None
    leading = [token.lemma for token in parsed.tokens[: first.verb]] if first else []
    for word in (*leading, *sorted(subjects)):
        if words.STAGES.get(word) and word not in ("egg", "cyst", "polyp"):
            return words.STAGES[word]
    # "Ciliary bands serve larvae": a part's sentence that names larvae is theirs.
    if first and first.subjects and not any(noun.whole or noun.pronoun for noun in first.subjects):
        named = [token.lemma for token in parsed.tokens[first.verb : first.end] if token.lemma == "larva"]
        return "larva" if named else ""
    return ""


def _egg(parsed: Parse, stage: str) -> str:
    """Return "egg" where a section on life stages describes the egg itself."""
    subjects = parsed.clauses[0].subjects if parsed.clauses else ()
    return "egg" if stage and any(noun.name == "egg" for noun in subjects[:1]) else ""


def _other_subject(parsed: Parse, section: str, names: frozenset[str]) -> str:
    """Return the name of the other taxon that the sentence is about, empty if it is about its own."""
    if not parsed.clauses or not parsed.tokens:
        return ""
    lemmas = [token.lemma for token in parsed.tokens]
    contrast = any(phrase in parsed.text.lower() for phrase in _CONTRAST) and lemmas[0] != "in"
    contrast |= bool(_SIBLING & set(lemmas[:3]))
    if section.lower() != "similar forms" and not contrast:
        return ""
    if lemmas[0] in _SELF or parsed.tokens[0].text.lower() in ("in", "unlike"):
        return ""
    clause = parsed.clauses[0]
    verb = clause.verb if clause.verb < clause.end else len(parsed.tokens)
    head = parsed.tokens[: max(1, verb)]
    if section.lower() != "similar forms" and any(is_self(token, names) for token in head):
        return ""
    return parsed.text[head[0].start : head[-1].end]


def _others(parsed: Parse) -> str:
    """Return the subject if a label's sentence is about what other labels hold: "most other medusa pictures"."""
    if not parsed.clauses or parsed.clauses[0].verb == parsed.clauses[0].end:
        return ""
    clause = parsed.clauses[0]
    for noun in clause.subjects[:1]:
        before = [token.lemma for token in parsed.tokens[clause.begin : noun.begin]]
        if "other" in before and (noun.whole or noun.name in words.PICTURES):
            return noun.name
    return ""


def _is_stated(statement: Statement, passage: Passage) -> bool:
    """Return whether the statement counts: on a taxon's page a stage is stated of that stage only, and a view never."""
    if not statement.concept.startswith(("stage/", "view/")) or _is_label(passage.about):
        return True
    of_larva = statement.concept == "stage/larva" and statement.stage in words.LARVAL
    return of_larva or (statement.concept == "stage/young" and statement.stage == "juvenile")


def _assertion(passage: Passage, source: str, statement: Statement) -> Assertion:
    quote = passage.text[statement.start : statement.end]
    evidence = Evidence(
        page=passage.page,
        revision=passage.revision,
        section=passage.section,
        start=passage.start + statement.start,
        end=passage.start + statement.end,
        quote_sha256=hashlib.sha256(quote.encode()).hexdigest(),
        licence=passage.licence,
        source=source,
    )
    sure = _TRUST.get(source, CITED) * statement.factor
    return Assertion(passage.about, statement.concept, statement.polarity, round(sure, 4), evidence, statement.stage)
