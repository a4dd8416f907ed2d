"""The word lists of open reading, and the class of a word."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from seston.concepts.extract.lexicon import words_of
from seston.concepts.extract.tokens import lemma

_NUMBERS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty hundred dozen"""
NUMBERS = frozenset(_NUMBERS.split())
_OF_FORM = re.compile(r".+[- ]?(?:shaped|like|less|form|edged|sided|tipped|coloured|colored|celled|walled|rayed)$")
_NOT_OF_FORM = words_of(
    "rowed handed headed backed faced listed pointed-out bordered "
    "regardless nonetheless doubtless nevertheless uniform form platform dislike perform childlike"
)
_FRONTS = ("un", "sub", "semi", "multi", "non", "bi", "tri", "uni", "quadri", "supra", "equi", "micro", "macro")
_FORM_ENDS = (
    "iform",
    "ulate",
    "ulated",
    "culate",
    "ipartite",
    "lobate",
    "spinose",
    "ilose",
    "ricate",
    "udate",
    "oidal",
)
_NO_MANNER = words_of("newly recently commonly widely previously freshly formerly closely-related rarely frequently")
_NO_FRONT = words_of("well short long so ever self over under pre post re")
_OTHER_ADJECTIVE = re.compile(r".+(?:ous|al|ar|ic|ish|ary|ory|able|ible|ive|oid|ian|ean|ine|ent|ant)$")


class Verb:
    """The plain form of a verb, its group of meaning, and whether the form is "s", "ed", "ing" or "" (plain)."""

    __slots__ = ("form", "group", "lemma")

    def __init__(self, lemma_: str, group: str, form: str) -> None:
        self.lemma, self.group, self.form = lemma_, group, form


def _lines(name: str) -> list[str]:
    text = files("seston.concepts.extract.open").joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _sections(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in _lines(name):
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        else:
            lines.append(line)
    return found


def _inflected(verb: str) -> dict[str, str]:
    if verb.endswith("e"):
        return {verb: "", f"{verb}s": "s", f"{verb}d": "ed", f"{verb[:-1]}ing": "ing"}
    if verb.endswith("y") and verb[-2] not in "aeou":
        return {verb: "", f"{verb[:-1]}ies": "s", f"{verb[:-1]}ied": "ed", f"{verb}ing": "ing"}
    stem = verb + verb[-1] if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb) else verb
    third = f"{verb}es" if verb.endswith(("s", "x", "ch", "sh", "o")) else f"{verb}s"
    return {verb: "", third: "s", f"{stem}ed": "ed", f"{stem}ing": "ing"}


def _verbs() -> dict[str, Verb]:
    found: dict[str, Verb] = {}
    for group, lines in _sections("verbs").items():
        for line in lines:
            before, colon, after = line.partition(":")
            names = before.split()
            for name in names[:-1] if colon else names:
                for form, kind in _inflected(name).items():
                    found.setdefault(form, Verb(name, group, kind))
            if colon:
                found.setdefault(names[-1], Verb(names[-1], group, ""))
                for form in after.split():
                    kind = "ing" if form.endswith("ing") else "s" if form.endswith("s") else "ed"
                    found.setdefault(form, Verb(names[-1], group, kind))
    return found


def _common(known: dict[str, Verb]) -> tuple[dict[str, Verb], dict[str, Verb], frozenset[str]]:
    """Return verbs, forms that are nouns or verbs, and adjectives of general English that no other list has."""
    listed = {name: " ".join(lines).split() for name, lines in _sections("common").items()}
    verbs = {form: Verb(form, "other", "ed") for form in listed["irregular"]}
    for name in listed["verb"]:
        verbs |= {form: Verb(name, "other", kind) for form, kind in _inflected(name).items()}
    either: dict[str, Verb] = {}
    for name in listed["noun-or-verb"]:
        for form, kind in _inflected(name).items():
            (verbs if kind in ("ed", "ing") else either).setdefault(form, Verb(name, "other", kind))
    for name in ("reach", "hang", "lie", "arch", "top", "grow", "span", "number", "lap", "bear"):
        for front in ("out", "over", "under", "inter"):
            verbs |= {
                f"{front}{form}": Verb(f"{front}{name}", "other", kind) for form, kind in _inflected(name).items()
            }
    new = {form: verb for form, verb in verbs.items() if form not in known}
    return new, either, frozenset(listed["adjective"]) - verbs.keys()


class Vocabulary:
    """All word lists, as sets of lower-case words."""

    def __init__(self) -> None:
        grammar = {name: frozenset(" ".join(lines).split()) for name, lines in _sections("grammar").items()}
        self.grammar = grammar
        self.parts = frozenset(word for line in _lines("parts") for word in line.split())
        self.qualities = frozenset(word for line in _lines("qualities") for word in line.split())
        self.taxa = frozenset(word for line in _lines("taxa") for word in line.split())
        self.rules = {name: frozenset(" ".join(lines).split()) for name, lines in _sections("rules").items()}
        self.plurals = dict(line.split(" ") for line in _lines("plurals"))
        self.names = {
            latin: frozenset(name.strip() for name in english.split(","))
            for latin, _, english in (line.partition(":") for line in _lines("names"))
        }
        self.verbs = _verbs()
        verbs, self.either, self.adjectives = _common(self.verbs)
        self.verbs |= verbs
        for group in ("facing", "forming", "lying", "covering"):
            for name in self.rules[group]:
                for form, kind in _inflected(name).items():
                    if kind in ("", "s") and form not in self.verbs:
                        self.either.setdefault(form, Verb(name, "other", kind))


@cache
def vocabulary() -> Vocabulary:
    """Return the word lists, read once."""
    return Vocabulary()


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """Return the lower-case singular of a noun.

    >>> [singular(word) for word in ("Mitochondria", "cell-walls", "eyes")]
    ['mitochondrion', 'cell-wall', 'eye']
    """
    low = word.lower()
    return vocabulary().plurals.get(low) or _compound_singular(low) or lemma(low)


def _compound_singular(low: str) -> str:
    """Return the singular of a Latin plural with something in front: "macrocilia", "subsetae"."""
    if len(low) > 6 and low.endswith("ae"):
        return low[:-1]
    if len(low) > 6 and low.endswith(("cilia", "flagella", "podia", "thecia", "sporangia", "cornua")):
        return f"{low[:-1]}um"
    endings = {"i": ("us",), "a": ("um", "on"), "es": ("is",)}.get(low[-2:] if low.endswith("es") else low[-1:], ())
    stem = low[:-2] if low.endswith("es") else low[:-1]
    return next((stem + end for end in endings if stem + end in vocabulary().parts), "")


def is_part(noun: str) -> bool:
    """Return whether a singular names a part, by the list or by how it is built ("gonozooid", "coccosphere")."""
    parts = vocabulary().parts
    if noun in parts or noun.rpartition("-")[2] in parts:
        return True
    return (
        len(noun) > 6
        and noun not in vocabulary().taxa
        and noun.endswith(("zooid", "zoid", "podium", "theca", "phore", "cyst", "podite", "zooecium"))
    )


def is_quality(word: str) -> bool:
    """Return whether a lower-case adjective says something of form.

    >>> [is_quality(word) for word in ("round", "bell-shaped", "spineless", "marine")]
    [True, True, True, False]
    """
    listed = vocabulary().qualities
    if word in listed:
        return True
    if word in _NOT_OF_FORM or len(word) < 5:
        return False
    if "-" in word and _is_compound(word, listed):
        return True
    return _is_derived(word, listed) or (
        len(word) > 6 and bool(_OF_FORM.match(word)) and word not in vocabulary().verbs and _built(word)
    )


def _is_compound(word: str, listed: frozenset[str]) -> bool:
    """Return whether the last word says form: "glass-clear", "sac-like", "three-horned", "bow-legged"."""
    front, _, last = word.rpartition("-")
    if last in listed or last in ("like", "shaped"):
        return front not in _NO_FRONT
    if front in NUMBERS and is_part(singular(last)):
        return True
    verb = vocabulary().verbs.get(last)
    if front.endswith("ly") and verb is not None and verb.form == "ed":
        return front not in _NO_MANNER
    return last.endswith("ed") and (is_part(_bare(last)) or is_part(last[:-1]))


def _is_derived(word: str, listed: frozenset[str]) -> bool:
    """Return whether it is made of a word of form: "unsegmented", "subconical", "rounder", "stubbiest", "spined"."""
    for front in _FRONTS:
        if word.startswith(front) and len(word) > len(front) + 3:
            rest = word[len(front) :].lstrip("-")
            if rest in listed or (rest.endswith("ate") and front in ("bi", "tri", "multi")):
                return True
    for end, length in (("est", 3), ("er", 2)):
        if word.endswith(end) and (word[:-length] in listed or word[: 1 - length or None] in listed):
            return True
        if word.endswith(f"i{end}") and f"{word[: -length - 1]}y" in listed:
            return True
    if word.endswith("ed") and word not in vocabulary().verbs and (is_part(_bare(word)) or is_part(word[:-1])):
        return True
    return word.endswith(_FORM_ENDS) and word not in vocabulary().verbs


@cache
def _formed() -> frozenset[str]:
    rules = vocabulary().rules
    return rules["forming"] | rules["placed"] | rules["covering"] | rules["lying"]


def base_of(word: str) -> str:
    """Return the plain form of a regular verb that no list has.

    >>> [base_of(word) for word in ("directed", "narrowing", "pinched")]
    ['direct', 'narrow', 'pinch']
    """
    stem = word.removesuffix("ed").removesuffix("ing")
    return next((one for one in (stem, f"{stem}e", stem[:-1]) if one in _formed()), stem)


def _bare(word: str) -> str:
    stem = word[:-2]
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in "bdgmnprt" else stem


def _built(word: str) -> bool:
    if word.endswith("less"):
        return is_part(singular(word[:-4])) or word[:-4] in ("colour", "color", "limb", "wing")
    return not word.endswith("form") or word.endswith("iform")


def is_adjective(word: str) -> bool:
    """Return whether a word that is in no list looks like an adjective."""
    if ("-" in word and word.endswith(("ing", "ed"))) or word[:1].isdigit():
        return True
    words = vocabulary()
    return (
        word in words.grammar["adjective"]
        or word in words.adjectives
        or bool(len(word) > 4 and _OTHER_ADJECTIVE.match(word))
    )
