"""Memory and rate of importing and exporting a large EcoTaxa table, beside Python's csv module over the same file.

    python benchmarks/ecotaxa.py [--json] [--rows 1000000] [--columns 100]

The table is written to a temporary folder and deleted. Import and export run as commands of their own, and the peak
memory is theirs; the copy by Python's csv module is the least that a reader and writer of such a file can take.
"""

import argparse
import csv
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

MEASURED = """
import resource, sys
from seston.cli import main
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def write(path: Path, rows: int, columns: int) -> None:
    """Write an export of quoted numbers with a few texts."""
    rng = np.random.default_rng(0)
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n")
        names = ["object_id", "img_file_name", "object_annotation_category", "object_annotation_status"]
        writer.writerow([*names, *(f"object_feature_{number}" for number in range(columns - len(names)))])
        for start in range(0, rows, 1000):
            values = rng.random((min(1000, rows - start), columns - len(names))).round(4).tolist()
            writer.writerows(
                [f"o{start + i}", f"{start + i}.png", "Copepoda", "predicted", *v] for i, v in enumerate(values)
            )


def run(*arguments: str) -> tuple[float, float]:
    """Run a command; return its seconds and its peak memory in MB."""
    # A fresh interpreter, started by spawn: a fork would begin with the memory of this one.
    import subprocess

    start = time.perf_counter()
    ended = subprocess.run([sys.executable, "-c", MEASURED, *arguments], capture_output=True, text=True, check=True)
    return time.perf_counter() - start, int(ended.stderr.split()[-1]) / 1024


def copied(source: Path, target: Path) -> float:
    """Copy a table with Python's csv module; return the seconds."""
    start = time.perf_counter()
    with source.open(newline="") as read, target.open("w", newline="") as written:
        writer = csv.writer(written, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows(csv.reader(read, delimiter="\t"))
    return time.perf_counter() - start


def main() -> None:
    """Print the table, or one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--columns", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table, back, work = Path(folder) / "big.tsv", Path(folder) / "back.tsv", Path(folder) / "w"
        write(table, options.rows, options.columns)
        imported = run("-w", str(work), "import", "ecotaxa", str(table))
        exported = run("-w", str(work), "export", "ecotaxa", str(back))
        same, size = back.read_bytes() == table.read_bytes(), table.stat().st_size / 2**20
        plain = copied(table, back)
    found = {
        "rows": options.rows,
        "file_mb": round(size),
        "import_s": imported[0],
        "export_s": exported[0],
        "import_peak_mb": imported[1],
        "export_peak_mb": exported[1],
        "both_vs_csv_copy": (imported[0] + exported[0]) / plain,
        "same_bytes": same,
    }
    if options.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:18} {value:.1f}" if isinstance(value, float) else f"{name:18} {value}")


if __name__ == "__main__":
    main()
