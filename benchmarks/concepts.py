"""Time the open extraction against spaCy's blank English tokenizer on the same text, and two workers against one.

Run as ``python benchmarks/concepts.py [--json]``; needs spaCy, which nothing else here does. The figures of
``consolidation.py``, settling and inheritance at the size of WoRMS, stand below.
"""

import argparse
import json
import os
import sys
import time
from collections import deque
from collections.abc import Iterable

from consolidation import measure as measure_consolidation
from seston.bundled import folder
from seston.pipeline.dictionary.extracting import extract_line, extract_lines
from seston.sources.descriptions import read_descriptions

REPEATS = 4
ROUNDS = 3


def texts() -> list[str]:
    """Return the bundled passages."""
    articles = read_descriptions(folder("data") / "descriptions")
    return [passage.text for article in articles for passage in article.passages]


def seconds(work: Iterable[object]) -> float:
    """Return how long it takes to go through `work`."""
    begin = time.perf_counter()
    deque(work, maxlen=0)
    return time.perf_counter() - begin


def measure() -> dict[str, float]:
    """Return the figures of one run; "again" is on text whose words both have met, which spaCy keeps."""
    import spacy

    passages = texts()
    lines = [json.dumps({"id": n, "taxon": "", "text": text}) for n, text in enumerate(passages)]
    blank = spacy.blank("en")
    extract_line((1, lines[0]))
    rounds = [(seconds(map(blank.tokenizer, passages)), seconds(extract_lines(lines))) for _ in range(ROUNDS)]
    tokenizer, one = rounds[0]
    again, one_again = (min(times) for times in zip(*rounds[1:], strict=True))
    return {
        "tokenizer_s": tokenizer,
        "extract_s": one,
        "times_slower": one / tokenizer,
        "times_slower_again": one_again / again,
    } | two_workers(lines * REPEATS)


def two_workers(lines: list[str]) -> dict[str, float]:
    """Return how many times faster two workers are, by the clock and by the work that the busier of two cores has.

    The first counts on a machine with two free cores; the second, which leaves out waiting, on a busy one too.
    """
    clocks, works = [], []
    for _ in range(ROUNDS):
        before = os.times()
        alone = seconds(extract_lines(lines))
        between = os.times()
        shared = seconds(extract_lines(lines, 2))
        after = os.times()
        clocks.append(alone / shared)
        lone = sum(between[:2]) - sum(before[:2])
        main = sum(after[:2]) - sum(between[:2])
        children = sum(after[2:4]) - sum(between[2:4])
        works.append(lone / (main + children / 2))
    return {"two_workers": max(clocks), "two_workers_work": max(works)}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    figures = measure() | measure_consolidation(250_000, dense=False)
    lines = [json.dumps(figures)] if as_json else [f"{name}: {value:.3f}" for name, value in figures.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
