"""Time the open extraction against spaCy's blank English tokenizer on the same text, and two workers against one.

Run as ``python benchmarks/concepts.py [--json]``; needs spaCy, which nothing else here does. The figures of
``consolidation.py``, settling and inheritance at the size of WoRMS, stand below.
"""

import argparse
import json
import sys
import time
from collections import deque
from collections.abc import Iterable

from consolidation import measure as measure_consolidation
from seston.bundled import folder
from seston.pipeline.extracting import extract_line, extract_lines
from seston.sources.descriptions import read_descriptions

REPEATS = 4


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
    """Return the figures of one run."""
    import spacy

    passages = texts()
    lines = [json.dumps({"id": n, "taxon": "", "text": text}) for n, text in enumerate(passages)]
    blank = spacy.blank("en")
    extract_line((1, lines[0]))
    tokenizer = seconds(map(blank.tokenizer, passages))
    one = seconds(extract_lines(lines))
    many = seconds(extract_lines(lines * REPEATS))
    two = seconds(extract_lines(lines * REPEATS, 2))
    return {"tokenizer_s": tokenizer, "extract_s": one, "times_slower": one / tokenizer, "two_workers": many / two}


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
