"""Rate of reading a Darwin Core archive against polars: same file, same columns, same run.

    python benchmarks/dwca.py [--json] [--taxa 250000] [--rounds 7]

The archive has WoRMS's shape: 11 ranks, 30 % synonyms, homonyms, quoted values with tabs and quotes, vernacular names
and a species profile. Ours goes from the zip to the table of a register: encoding, NUL bytes, rows, ids and tree
checked, vernacular names and profiles joined. polars takes each of the three files out of the same zip into memory,
which is how it reads fastest, and reads the columns that ours reads, as text; it checks and joins nothing. Both take
turns; the ratio is the median over the rounds. Peak memory (VmHWM) is that of a fresh interpreter each.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from seston.sources.darwincore.extensions import PROFILE
from seston.sources.darwincore.taxa import TERMS, read_archive

LSID = "urn:lsid:marinespecies.org:taxname:"
DWC = "http://rs.tdwg.org/dwc/terms/"
RANKS = [
    "Kingdom",
    "Phylum",
    "Subphylum",
    "Class",
    "Subclass",
    "Order",
    "Suborder",
    "Family",
    "Genus",
    "Subgenus",
    "Species",
]
COLUMNS = [
    "taxonID",
    "scientificNameID",
    "acceptedNameUsageID",
    "parentNameUsageID",
    "namePublishedInID",
    "scientificName",
    "acceptedNameUsage",
    "parentNameUsage",
    "namePublishedIn",
    "namePublishedInYear",
    "kingdom",
    "phylum",
    "class",
    "order",
    "family",
    "genus",
    "subgenus",
    "specificEpithet",
    "infraspecificEpithet",
    "taxonRank",
    "scientificNameAuthorship",
    "nomenclaturalCode",
    "taxonomicStatus",
    "nomenclaturalStatus",
    "modified",
    "bibliographicCitation",
    "references",
    "license",
    "rightsHolder",
    "datasetName",
    "institutionCode",
    "datasetID",
]
ATTRIBUTES = r'fieldsTerminatedBy="\t" linesTerminatedBy="\n" fieldsEnclosedBy="&quot;" ignoreHeaderLines="1"'


def described(kind: str, location: str, columns: list[str], tag: str = "extension", key: str = "coreid") -> str:
    """Return the part of meta.xml that describes a file."""
    fields = "".join(f'<field index="{n}" term="{DWC}{name}"/>' for n, name in enumerate(columns))
    where = f'<files><location>{location}</location></files><{key} index="0"/>'
    return f'<{tag} encoding="UTF-8" rowType="{DWC}{kind}" {ATTRIBUTES}>{where}{fields}</{tag}>'


def taxon_rows(n: int) -> list[str]:
    """Return the lines of taxon.txt: each taxon hangs below one of the rank above it."""
    rng = np.random.default_rng(0)
    rank = np.minimum(np.searchsorted(n * 0.45 ** np.arange(10, -1, -1), np.arange(n)), 10)
    parent = (np.maximum(np.searchsorted(rank, rank), 1) * rng.random(n)).astype(int)
    synonym = (rng.random(n) < 0.3) & (np.arange(n) > 20)
    valid = np.where(synonym, parent, np.arange(n))
    lines = ["\t".join(COLUMNS)]
    for i in range(n):
        name = f"Genus{i % (n // 2)} species{i % 977}"
        published = f'"Smith, ""On\tplankton"", {i}"' if i % 10 == 0 else f"Smith, J. (1900). On plankton, {i}"
        place = f"{LSID}{parent[i] + 1}" if i else ""
        classes = [f"{RANKS[k]}{parent[i] % 90}" for k in (0, 1, 3, 5, 7, 8)]
        status = "unaccepted" if synonym[i] else "accepted"
        values = [f"{LSID}{i + 1}", f"{LSID}{i + 1}", f"{LSID}{valid[i] + 1}", place, "", name]
        values += [
            f"Genus{valid[i]}",
            f"Genus{parent[i]}",
            published,
            "1900",
            *classes,
            "",
            "species",
            "",
            RANKS[rank[i]],
        ]
        values += ['"(Smith, ""J."" 1900)"' if i % 20 == 0 else "(Smith, 1900)", "ICZN", status, "", "2020-01-01"]
        values += [f"WoRMS (2026). {name}", f"https://www.marinespecies.org/aphia.php?p=taxdetails&id={i + 1}"]
        values += ["CC BY 4.0", "WoRMS Editorial Board", "WoRMS", "VLIZ", ""]
        lines.append("\t".join(values))
    return lines


def write(path: Path, n: int) -> None:
    """Write the archive."""
    vernacular = ["taxonID", "vernacularName", "source", "language", "isPreferredName"]
    profile = ["taxonID", "isMarine", "isFreshwater", "isTerrestrial", "isExtinct", "isBrackish"]
    parts = described("Taxon", "taxon.txt", COLUMNS, "core", "id")
    parts += described("VernacularName", "vernacularname.txt", vernacular)
    parts += described("SpeciesProfile", "speciesprofile.txt", profile)
    names = [f"{LSID}{i + 1}\tcopepod {i}\t\teng\t1" for i in range(0, n, 5)]
    profiles = [f"{LSID}{i + 1}\t1\t0\t0\t0\t0" for i in range(n)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("meta.xml", f'<archive xmlns="http://rs.tdwg.org/dwc/text/">{parts}</archive>')
        for name, lines in (
            ("taxon.txt", taxon_rows(n)),
            ("vernacularname.txt", ["\t".join(vernacular), *names]),
            ("speciesprofile.txt", ["\t".join(profile), *profiles]),
        ):
            out.writestr(name, "\n".join(lines) + "\n")


def ours(path: Path) -> int:
    """Read with Seston."""
    return len(read_archive(path).table)


def theirs(path: Path) -> int:
    """Read with polars."""
    read = {
        "taxon.txt": ["taxonID", *TERMS],
        "vernacularname.txt": ["taxonID", "vernacularName", "language"],
        "speciesprofile.txt": ["taxonID", *PROFILE.values()],
    }
    with zipfile.ZipFile(path) as archive:
        tables = [
            pl.read_csv(archive.read(name), separator="\t", columns=columns, infer_schema=False)
            for name, columns in read.items()
        ]
    return len(tables[0])


def seconds(run: Callable[[Path], int], path: Path, n: int) -> float:
    """Return how long `run` takes to read n taxa."""
    start = time.perf_counter()
    if run(path) != n:
        raise SystemExit("Not every taxon was read.")
    return time.perf_counter() - start


def peak(side: str, path: Path) -> float:
    """Return the peak memory in GB of a fresh interpreter that reads once."""
    ran = subprocess.run([sys.executable, __file__, "--peak", side, path], capture_output=True, text=True, check=True)
    return float(ran.stdout)


def own_peak() -> float:
    """Return the peak memory of this process in GB: ru_maxrss would count the parent's pages before the exec."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024 / 1e9


def main() -> None:
    """Print the table, or one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--taxa", type=int, default=250_000)
    parser.add_argument("--rounds", type=int, default=7, help="rounds, both sides in turn")
    parser.add_argument("--peak", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak:
        {"ours": ours, "polars": theirs}[options.peak[0]](Path(options.peak[1]))
        print(own_peak())
        return
    with tempfile.TemporaryDirectory() as folder:
        path, n = Path(folder) / "archive.zip", options.taxa
        write(path, n)
        times = np.array([(seconds(ours, path, n), seconds(theirs, path, n)) for _ in range(options.rounds)])
        memory = [peak("ours", path), peak("polars", path)]
    rates = np.median(n / times, axis=0)
    ratio = float(np.median(times[:, 1] / times[:, 0]))
    if options.json:
        figures = {
            "taxa_per_s": rates[0],
            "polars_taxa_per_s": rates[1],
            "peak_gb": memory[0],
            "polars_peak_gb": memory[1],
        }
        print(json.dumps({"dwca_vs_polars": ratio, "figures": figures}))
        return
    print(f"{'':10} {'taxa/s':>10} {'peak GB':>8}")
    for name, rate, used in zip(("seston", "polars"), rates, memory, strict=True):
        print(f"{name:10} {rate:10.0f} {used:8.2f}")
    print(f"ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
