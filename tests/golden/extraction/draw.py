"""Draw the sentences of the gold set, with a fixed seed: ``python -m tests.golden.extraction.draw``.

Done once, from the articles of that day; the labels are of these sentences, so it never writes over them.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.golden.extraction.pages import FOLDERS, Sentence, digest, read, sentences, taxon

HERE = Path(__file__).parent
SEED = 20
STRATA = {"off topic": 14, "any": 98, "form": 98, "descriptions": 110}
OFF_TOPIC = {"Cretaceous.md", "Dinosterane.md", "Disco.md", "Modulus.md", "Plankton_net.md", "Sagitta.md"}
MOST_OF_A_PAGE = {"any": 14, "off topic": 6, "form": 20, "descriptions": 1}

_FORM_SECTION = re.compile(
    r"abdomen|anatom|body|character|cnidocyte|colon|descri|egg|external|feature|forms|head|internal|larva|layer|legs|"
    r"morpholog|organ|polymorph|propert|pupa|sac|size|skelet|structur|system|thorax|wall|wings|zooid",
    re.I,
)
_PART = re.compile(
    r"\b(?:abdomen|antenna|arm|body|bodies|bristle|carapace|chloroplast|cilia|colon|coloured|eye|fin|flagell|frond|gill|"
    r"head|jaw|larva|leg|limb|mantle|mouth|nucle|pharynx|plate|polyp|segment|shape|shell|skeleton|skin|spine|stalk|"
    r"sucker|tail|teeth|tentacle|thorax|tissue|valve|vacuole|wall|wing|zooid|long|wide|mm|cm|μm)",
    re.I,
)


def about_form(one: Sentence) -> bool:
    """Whether the sentence is likely to speak of form: it names a part, in the lead or in a section on form."""
    text = read(one.source, one.file)[one.start : one.end]
    return bool(_PART.search(text) and (not one.heading or _FORM_SECTION.search(one.heading)))


def pool(source: str) -> list[Sentence]:
    files = sorted(path.name for path in FOLDERS[source].glob("*.md"))
    return [one for file in files for one in sentences(source, file) if one.end - one.start > 20]


def strata() -> Iterator[tuple[str, list[Sentence]]]:
    """Yield each stratum with the sentences it may be drawn from."""
    wikipedia = pool("wikipedia")
    on_topic = [one for one in wikipedia if one.file not in OFF_TOPIC]
    yield "off topic", [one for one in wikipedia if one.file in OFF_TOPIC]
    yield "any", on_topic
    yield "form", [one for one in on_topic if about_form(one)]
    yield "descriptions", pool("descriptions")


def draw(seed: int) -> list[Sentence]:
    """Return the drawn sentences, none twice and none above the share that a page may have, in reading order."""
    chance = random.Random(seed)  # noqa: S311
    drawn: set[Sentence] = set()
    pages: Counter[str] = Counter()
    for name, candidates in strata():
        wanted = len(drawn) + STRATA[name]
        for one in chance.sample(candidates, len(candidates)):
            if len(drawn) < wanted and one not in drawn and pages[one.file] < MOST_OF_A_PAGE[name]:
                drawn.add(one)
                pages[one.file] += 1
    return sorted(drawn, key=lambda one: (one.source != "wikipedia", one.file, one.start))


def halves(drawn: Iterable[Sentence], seed: int) -> dict[tuple[str, str], str]:
    """Return the half of each page: the fullest pages first, each to the half of its source that has less so far."""
    pages = Counter((one.source, one.file) for one in drawn)
    filled: Counter[tuple[str, str]] = Counter()
    half = {}
    order = random.Random(seed).sample(sorted(pages), len(pages))  # noqa: S311
    for source, file in sorted(order, key=lambda page: -pages[page]):
        half[source, file] = min(("dev", "test"), key=lambda split: filled[source, split])
        filled[source, half[source, file]] += pages[source, file]
    return half


def records(drawn: list[Sentence], half: dict[tuple[str, str], str]) -> Iterator[dict[str, object]]:
    for number, one in enumerate(drawn, start=1):
        yield {
            "id": f"{one.source[0]}{number:03d}",
            "source": one.source,
            "file": one.file,
            "start": one.start,
            "end": one.end,
            "sha256": digest(read(one.source, one.file)[one.start : one.end]),
            "taxon": taxon(one.source, one.file),
            "split": half[one.source, one.file],
        }


if __name__ == "__main__":
    chosen = draw(SEED)
    lines = [json.dumps(one, ensure_ascii=False) for one in records(chosen, halves(chosen, SEED))]
    with (HERE / "sentences.jsonl").open("x", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
