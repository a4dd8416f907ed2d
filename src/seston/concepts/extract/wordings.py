"""The scheme's wordings as tables that sentences are matched against.

A wording becomes one of two things. A *mention* states its concept wherever it stands: "carapace". A *quality* needs
its entity: "long" states `antennae/long` of an antenna, and "transparent" states `opacity/clear` of the whole body.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from seston.concepts.extract.lexicon import ADJECTIVAL, POSITION, WHOLE
from seston.concepts.extract.tokens import Token, is_determiner, lemma, tokenise
from seston.concepts.scheme import Part, Scheme

Key = tuple[str, ...]
_ADJECTIVES = (*ADJECTIVAL, "ar", "ate", "form", "like", "y")


@dataclass(frozen=True, slots=True)
class Link:
    """A concept that a quality states of any of `nouns`, and of the whole body if `whole`."""

    concept: str
    nouns: frozenset[str]
    whole: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``begin``:``end`` match the wording ``key``."""

    begin: int
    end: int
    key: Key


class Table:
    """Wordings by their first word, longest first."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._by_first: dict[str, list[Key]] = {}
        for key in sorted(set(keys), key=lambda key: (-len(key), key)):
            self._by_first.setdefault(key[0].removeprefix("="), []).append(key)

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Return the matches from left to right, the longest at each place, none overlapping.

        Articles and possessives inside a match are passed over. A match never cuts a hyphenated word.
        """
        found: list[Match] = []
        place = 0
        while place < len(tokens):
            match = self._at(tokens, place)
            if match:
                found.append(match)
            place = match.end if match else place + 1
        return found

    def _at(self, tokens: Sequence[Token], place: int) -> Match | None:
        if tokens[place].tied:
            return None
        both = (self._beginning(first, tokens, place) for first in (tokens[place].text.lower(), tokens[place].lemma))
        return max((match for match in both if match), key=lambda match: match.end, default=None)

    def _beginning(self, first: str, tokens: Sequence[Token], place: int) -> Match | None:
        for key in self._by_first.get(first, ()):
            end = _match_end(tokens, place, key)
            if end and not (end < len(tokens) and tokens[end].tied):
                return Match(place, end, key)
        return None


def _match_end(tokens: Sequence[Token], place: int, key: Key) -> int:
    """Return where the match of `key` at `place` ends, 0 if there is none.

    A word with "=" must be met as written, one with "-" behind a hyphen. Of three words or more, "a line lies along it"
    meets "line along it", and "arms do not curve like arcs" meets "arms curve like arcs".
    """
    for number, word in enumerate(key):
        while number and place < len(tokens) and is_determiner(tokens[place]):
            place += 1
        if number and len(key) > 2:
            place = _over_verbs(tokens, place, word)
        if place == len(tokens):
            return 0
        if word[0] == "=":
            if tokens[place].text.lower() != word[1:]:
                return 0
        elif word[0] == "-":
            if tokens[place].lemma != word[1:] or not tokens[place].tied:
                return 0
        elif tokens[place].lemma != word:
            return 0
        place += 1
    return place


def _over_verbs(tokens: Sequence[Token], place: int, word: str) -> int:
    """Return the token behind a verb of position, or behind "do not"."""
    low = [token.lemma for token in tokens[place : place + 2]]
    if low == ["do", "not"]:
        return place + 2
    return place + 1 if low[:1] != [word] and low and low[0] in POSITION else place


@dataclass(frozen=True)
class Wordings:
    """The compiled scheme: tables of entities, mentions and qualities with what they state.

    ``nouns`` are the nouns that name each part, ``near`` the values that an exclusive part allows beside each.
    ``shapes`` are single nouns that state a body shape and nothing else; as nouns they stand for the body: "the disc".
    ``words`` are all the words of the scheme.
    """

    mentions: Mapping[Key, tuple[str, ...]]
    qualities: Mapping[Key, tuple[Link, ...]]
    entities: frozenset[Key]
    shapes: frozenset[str]
    words: frozenset[str]
    nouns: Mapping[str, frozenset[str]]
    near: Mapping[str, tuple[str, ...]]
    mention_table: Table
    quality_table: Table
    entity_table: Table


def spelt(key: Key) -> str:
    """Return a key as words.

    Examples
    --------
    >>> spelt(("star", "-like")), spelt(("=spots",))
    ('star-like', 'spots')
    """
    return " ".join(word.removeprefix("=") for word in key).replace(" -", "-")


def key_of(text: str) -> Key:
    """Return the lemmas of a wording without articles."""
    return tuple(
        "-like" if token.tied and token.lemma == "like" else token.lemma
        for token in tokenise(text)
        if not is_determiner(token)
    )


def compile_wordings(scheme: Scheme) -> Wordings:
    """Turn the wordings of a scheme into tables.

    Parameters
    ----------
    scheme
        The scheme.

    Returns
    -------
    Wordings
        The tables.
    """
    mentions: dict[Key, list[str]] = {}
    qualities: dict[Key, list[Link]] = {}
    entities = {key_of(word) for part in scheme.parts for word in part.entity_words}
    for concept in scheme.concepts:
        part = scheme.part_of[concept.id]
        alone = scheme.mentions.get(concept.id, ())
        own = frozenset(_nouns(concept.wordings, part))
        for wording in concept.wordings:
            quality = () if wording in alone else _quality(wording, part)
            if quality:
                nouns = own if part.distinct_words else own | {" ".join(key_of(word)) for word in part.entity_words}
                bare = quality == key_of(wording)
                for variant in _variants(quality) if part.id == "body-shape" else [quality]:
                    qualities.setdefault(variant, []).append(Link(concept.id, nouns if not bare else _all(part), bare))
            else:
                mentions.setdefault(_mention_key(wording), []).append(concept.id)
    entities |= {tuple(word.removeprefix("=") for word in key) for key in mentions}
    return Wordings(
        mentions={key: tuple(dict.fromkeys(ids)) for key, ids in sorted(mentions.items())},
        qualities={key: tuple(dict.fromkeys(links)) for key, links in sorted(qualities.items())},
        entities=frozenset(entities),
        shapes=frozenset(
            key[0]
            for key, links in qualities.items()
            if len(key) == 1
            and not key[0].endswith(_ADJECTIVES)
            and key not in entities
            and all(link.concept.startswith("body-shape/") for link in links)
        ),
        words=frozenset(
            form
            for key in (*mentions, *qualities, *entities)
            for word in key
            for form in (word, word.removeprefix("="))
        ),
        nouns={part.id: _all(part) for part in scheme.parts},
        near=scheme.near,
        mention_table=Table(mentions),
        quality_table=Table(qualities),
        entity_table=Table(entities | {(noun,) for noun in WHOLE}),
    )


def _all(part: Part) -> frozenset[str]:
    return frozenset(" ".join(key_of(word)) for word in part.entity_words)


def _nouns(wordings: Iterable[str], part: Part) -> Iterator[str]:
    """Return the entity words of the part that stand first or last in the wordings."""
    words = [key_of(word) for word in part.entity_words]
    for wording in wordings:
        key = key_of(wording)
        yield from (" ".join(word) for word in words if key[: len(word)] == word or key[-len(word) :] == word)


def _quality(wording: str, part: Part) -> Key:
    """Return the wording without its entity; the whole of it where the body is the entity; empty for a mention."""
    key = key_of(wording)
    for noun in sorted((key_of(word) for word in part.entity_words), key=lambda noun: (-len(noun), noun)):
        if key == noun:
            return key if part.of_whole else ()
        if wording.startswith(f"{' '.join(noun)}-"):
            continue  # "bell-shaped" is no quality "shaped" of a bell
        if key[-len(noun) :] == noun:
            return key[: -len(noun)]
        if key[: len(noun)] == noun:
            return key[len(noun) :]
    return key if part.of_whole else ()


def _mention_key(wording: str) -> Key:
    """Return the lemmas; a noun that ends the wording in the plural must be met in the plural."""
    key = key_of(wording)
    last = wording.split()[-1]
    if last.isalpha() and last.endswith("s") and lemma(last) == key[-1] != last:
        return (*key[:-1], f"={last}")
    return key


def _variants(quality: Key) -> Iterator[Key]:
    """Return the ways to say "arrow-shaped"."""
    yield quality
    if len(quality) == 2 and quality[1] == "shaped":
        noun = quality[0]
        yield (noun, "-like")
        yield ("shaped", "like", noun)
        yield ("shape", "of", noun)
        yield ("like", noun, "in", "shape")
