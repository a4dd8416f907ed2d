"""Write data/MANIFEST.json: what each bundled file is, whose it is, and how it was made.

    python data/make/manifest.py            write it
    python data/make/manifest.py --check    exit 3 when a file is not as the manifest says

Every file of data/ but those of data/make/ must belong to one of the entries of `ORIGINS`; the articles are one entry
with one hash for the folder. A date is kept as long as the hash stays the same.
"""

import hashlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

DATA = Path(__file__).resolve().parents[1]
MANIFEST = "MANIFEST.json"
_APART = ("make/*", MANIFEST, ".*", "*/.*", "*.part", "*/__pycache__/*", "__pycache__/*")

_TABLES = (
    "zooplankton_worms.csv (WoRMS by Pelagic-Ecosystems/Zooplankton_trait_database, CC BY-SA 4.0, facts only)",
    "phytoplankton_worms.tsv (WoRMS by nordicmicroalgae/content, MIT)",
    "taxonomy_after_worms.tsv (EcoTaxa's tree, ecotaxa/ecotaxa_back, GPL-3, facts only)",
    "planktonzilla_labels.csv and planktonset/labels.csv (Inria-Chile/planktonzilla, MIT)",
)
_PLANKTONSET = (
    "PlanktonSet 1.0 (ISIIS camera; Kaggle National Data Science Bowl 2015, NOAA NCEI 0127422), no image is included"
)
_MEASURED = "CC-BY-4.0; numbers measured by this project, no image"


@dataclass(frozen=True)
class Origin:
    """Where the files that a pattern names come from; a ``whole`` folder is one entry."""

    pattern: str
    licence: str
    source: str
    made: str
    whole: bool = False


ORIGINS = (
    Origin("taxa.csv", "CC-BY-4.0; facts, without any text of the sources", "; ".join(_TABLES), "data/make/taxa.py"),
    Origin("labels.csv", "CC-BY-4.0; facts, without any text of the sources", "; ".join(_TABLES), "data/make/taxa.py"),
    Origin(
        "mends.csv",
        "CC-BY-4.0",
        "this project's judgements on the tables that taxa.csv is made of",
        "data/make/taxa.py, from data/make/mends.csv, written by hand, and the disagreements it finds",
    ),
    Origin(
        "words.csv",
        "CC-BY-4.0",
        "this project's own list of words that stand in labels beside the names of taxa, with the taxon that alone has "
        "such a stage or part (general knowledge; ids from taxa.csv)",
        "written by hand",
    ),
    Origin(
        "descriptions",
        "CC-BY-4.0",
        "this project's own words; each sentence marks its source, each article lists the sources opened",
        "written by hand before any image was opened",
        whole=True,
    ),
    Origin(
        "planktonset/looks.csv",
        "CC-BY-4.0",
        f"{_PLANKTONSET}; answers to the contact sheets of 'seston concepts review', ten train images a label at most",
        "two looks at all sheets by eight machine annotators who saw no score, each for a part of the concepts; "
        "121 labels, 302 concepts",
    ),
    Origin("planktonset/*", _MEASURED, _PLANKTONSET, "data/make/planktonset.py"),
)


def entries(folder: Path, before: Mapping[str, Mapping[str, object]], today: str) -> list[dict[str, object]]:
    """Return an entry for each file of a folder, or for each whole folder.

    Parameters
    ----------
    folder
        The folder of the bundled data.
    before
        Entries of the last manifest, by path; an entry whose hash is the same keeps its date.
    today
        Date of what is new.

    Returns
    -------
    list of dict
        By path, each with path, sha256, bytes, files, licence, source, date and made.

    Raises
    ------
    ValueError
        When files belong to no entry of `ORIGINS`: all of them.
    """
    found: dict[str, tuple[Origin, list[Path]]] = {}
    orphans: list[str] = []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        origin = next((origin for origin in ORIGINS if _belongs(name, origin)), None)
        if origin is None:
            orphans.append(name)
        else:
            found.setdefault(origin.pattern if origin.whole else name, (origin, []))[1].append(path)
    if orphans:
        raise ValueError(f"add to ORIGINS in data/make/manifest.py: {', '.join(orphans)}")
    return [_entry(folder, name, origin, paths, before, today) for name, (origin, paths) in sorted(found.items())]


def check_manifest(folder: Path) -> list[str]:
    """Return what differs between a folder and its manifest, one line each; empty when nothing does."""
    said = _read(folder)
    try:
        found = {str(entry["path"]): entry for entry in entries(folder, said, "")}
    except ValueError as error:
        return [str(error)]
    faults = [f"{name}: not in the manifest" for name in found if name not in said]
    faults += [f"{name}: in the manifest but not in the folder" for name in said if name not in found]
    for name in sorted(found.keys() & said.keys()):
        for key in sorted(found[name].keys() | said[name].keys()):
            if found[name].get(key) != said[name].get(key):
                faults.append(f"{name}: {key} is {found[name].get(key)!r}, not {said[name].get(key)!r}")
    return faults


def write_manifest(folder: Path, today: str) -> None:
    """Write the manifest of a folder and put it in place at once."""
    text = json.dumps({"entries": entries(folder, _read(folder), today)}, indent=2, ensure_ascii=False) + "\n"
    beside = folder / f".{MANIFEST}.part"
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, folder / MANIFEST)


def _files(folder: Path) -> list[Path]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(
        path for path in paths if not any(fnmatch(path.relative_to(folder).as_posix(), apart) for apart in _APART)
    )


def _belongs(name: str, origin: Origin) -> bool:
    return name.startswith(f"{origin.pattern}/") if origin.whole else fnmatch(name, origin.pattern)


def _entry(
    folder: Path,
    name: str,
    origin: Origin,
    paths: Sequence[Path],
    before: Mapping[str, Mapping[str, object]],
    today: str,
) -> dict[str, object]:
    sha256 = _hash(folder / name, paths) if origin.whole else hashlib.sha256(paths[0].read_bytes()).hexdigest()
    last = before.get(name, {})
    return {
        "path": name,
        "sha256": sha256,
        "bytes": sum(path.stat().st_size for path in paths),
        "files": len(paths),
        "licence": origin.licence,
        "source": origin.source,
        "date": last["date"] if last.get("sha256") == sha256 else today,
        "made": origin.made,
    }


def _hash(folder: Path, paths: Sequence[Path]) -> str:
    """Return the hash of the lines "hash  name" of all files, by name, as sha256sum prints them."""
    lines = sorted(
        (path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths
    )
    return hashlib.sha256("".join(f"{digest}  {name}\n" for name, digest in lines).encode()).hexdigest()


def _read(folder: Path) -> dict[str, dict[str, object]]:
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    return {entry["path"]: entry for entry in json.loads(path.read_text(encoding="utf-8"))["entries"]}


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        differences = check_manifest(DATA)
        print(*differences, sep="\n", end="\n" if differences else "")
        sys.exit(3 if differences else 0)
    write_manifest(DATA, date.today().isoformat())
