"""The words of a label read: which taxa they may name, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from seston.graph.columnar.hierarchy import Hierarchy
from seston.graph.linking.index import NameBook
from seston.graph.linking.labels import split_compound, words_of
from seston.graph.linking.words import QUALIFYING, Word, find_word

UNKNOWN_SPECIES = "genus of a species that is not known"
_LONGEST, _NAME_LENGTH = 3, 5
_BELOW_FAMILY = ("genus", "subgenus", "species", "subspecies", "variety", "forma", "form")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name one of ``nodes``; ``how`` says by which rule."""

    text: str
    nodes: tuple[int, ...]
    how: str


@dataclass(slots=True)
class Reading:
    """What the words of a label say.

    Parameters
    ----------
    mentions
        Taxa named, in the order of the words.
    implied
        Taxa that a stage or part belongs to, without being named.
    qualifiers
        Stages, parts, views, qualities.
    unknown
        Words that nothing is known of.
    joined
        Whether "mix", "or", "and" join several taxa.
    displaced
        Species of other genera that have the epithet; the genus alone would be a guess.
    unknown_child
        Whether a word that looks like a name of a taxon, and is not known, goes before what is known.
    """

    mentions: list[Mention] = field(default_factory=list)
    implied: list[Mention] = field(default_factory=list)
    qualifiers: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    joined: bool = False
    displaced: tuple[int, ...] = ()
    unknown_child: bool = False


class Reader:
    """Reads labels against the names of a core."""

    def __init__(self, book: NameBook, tree: Hierarchy) -> None:
        self._book, self._tree = book, tree

    def read(self, text: str) -> Reading:
        """Return what the words of one part of a label say."""
        reading, words, skipped = Reading(), words_of(text), False
        at, above_genus = 0, False
        while at < len(words):
            size, mention = self._longest(words[at:])
            word = find_word(words[at]) if size < 2 else None
            if word is not None and word.kind == "group" and mention is not None:
                word = None
            if skipped:
                at, skipped = at + 1, False
            elif word is not None:
                skipped, above_genus = word.kind == "not", word.kind == "rank" and word.meaning not in _BELOW_FAMILY
                self._note(reading, words[at], word)
                at += 1
            else:
                taken = self._take(reading, words, at, size, mention, above_genus)
                at, above_genus = at + taken, False
        return reading

    def _longest(self, words: Sequence[str]) -> tuple[int, Mention | None]:
        for size in range(min(_LONGEST, len(words)), 0, -1):
            text = " ".join(words[:size])
            nodes, how = self._book.exact(text)
            if nodes:
                return size, Mention(text, nodes, how)
        return 1, None

    def _note(self, reading: Reading, text: str, word: Word) -> None:
        if word.kind == "group":
            self._add(reading.mentions, text, word, "English name")
            return
        if word.kind in QUALIFYING:
            reading.qualifiers.append(word.meaning)
            self._add(reading.implied, text, word, f"{word.kind} of one taxon")
        reading.joined |= word.kind == "join" or word.meaning == "mix"

    def _add(self, mentions: list[Mention], text: str, word: Word, how: str) -> None:
        if word.taxon and word.taxon in self._tree:
            mentions.append(Mention(text, (self._tree.find(word.taxon),), how))

    def _take(
        self, reading: Reading, words: list[str], at: int, size: int, mention: Mention | None, above_genus: bool
    ) -> int:
        """Read the name that begins at a word; return how many words it has."""
        if mention and above_genus:
            high = tuple(i for i in mention.nodes if self._book.ranks[i] not in _BELOW_FAMILY)
            mention = Mention(mention.text, high, mention.how) if high else None
        if self._is_epithet(reading, words, at) and (mention is None or size == 1):
            self._species(reading, words[at])
            return 1
        if mention is not None:
            reading.mentions.append(mention)
            return size
        if found := self._abbreviated(words[at : at + 2]):
            reading.mentions.append(Mention(" ".join(words[at : at + 2]), found, "abbreviated genus"))
            return 2
        parts = split_compound(words[at])
        if len(parts) > 1 and not self._book.alike(words[at])[0]:
            words[at : at + 1] = parts
            return 0
        self._loose(reading, words[at])
        return 1

    def _abbreviated(self, words: Sequence[str]) -> tuple[int, ...]:
        """Return the species of "G. delicatula"."""
        short = len(words) == 2 and len(words[0].strip(".")) == 1
        return self._book.epithets(words[1], words[0][0]) if short else ()

    def _loose(self, reading: Reading, word: str) -> None:
        nodes, how = self._book.english(word), "English or Latin ending"
        if not nodes:
            nodes, how = self._book.alike(word)
        if not nodes:
            nodes = self._book.shortened(word, [i for mention in reading.mentions for i in mention.nodes])
            how = "beginning of a name below it"
            nodes = nodes if len(nodes) == 1 else ()
        if nodes:
            reading.mentions.append(Mention(word, nodes, how))
        elif len(word) > 1:
            reading.unknown.append(word)
            reading.unknown_child |= not reading.mentions and word.istitle() and len(word) >= _NAME_LENGTH

    def _is_epithet(self, reading: Reading, words: Sequence[str], at: int) -> bool:
        """Return whether a word in small letters follows a taxon's name that is capitalised."""
        if not at or not reading.mentions or not words[at].islower() or len(words[at]) < 3:
            return False
        last = reading.mentions[-1]
        return last.text == words[at - 1] and words[at - 1][:1].isupper() and words[at - 1][1:].islower()

    def _species(self, reading: Reading, epithet: str) -> None:
        """Replace the mention of a genus or family by that of the species with an epithet, where there is one."""
        last = reading.mentions[-1]
        everywhere = self._book.epithets(epithet)
        here = tuple(i for i in everywhere if any(self._below(i, node) for node in last.nodes))
        here = here or self._misspelled(last.nodes, epithet)
        name = f"{last.text} {epithet}"
        if here:
            reading.mentions[-1] = Mention(name, here, "epithet below it")
            return
        near = [i for node in last.nodes for i in everywhere if self._same_class(i, node)]
        reading.displaced = (*reading.displaced, *dict.fromkeys(near))
        reading.mentions[-1] = Mention(last.text, last.nodes, UNKNOWN_SPECIES)
        reading.unknown.append(epithet)

    def displaced(self, name: str, genus: int) -> tuple[int, ...]:
        """Return the species of other genera that have the epithet of a binomial, in the class of a node."""
        parts = name.split()
        if len(parts) != 2:
            return ()
        everywhere = self._book.epithets(parts[1])
        return tuple(i for i in everywhere if self._book.is_worms(i) and self._same_class(i, genus))

    def _misspelled(self, genera: Sequence[int], epithet: str) -> tuple[int, ...]:
        leave, names = self._tree.leave, self._book.names
        below = {i: names[i].split()[-1] for g in genera for i in range(g + 1, leave[g]) if " " in names[i]}
        bound = 2 if len(epithet) >= 10 else 1
        near = process.extract(epithet, below, scorer=DamerauLevenshtein.distance, score_cutoff=bound, limit=2)
        return (near[0][2],) if len(epithet) >= 6 and len(near) == 1 else ()

    def _same_class(self, node: int, other: int) -> bool:
        common = int(self._tree.lca(node, other))
        return self._book.class_of(common) >= 0

    def _below(self, node: int, ancestor: int) -> bool:
        return ancestor <= node < int(self._tree.leave[ancestor])
