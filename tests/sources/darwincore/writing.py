"""Writes archives for tests."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

DWC = "http://rs.tdwg.org/dwc/terms/"
HEAD = ("taxonID", "scientificName", "parentNameUsageID", "acceptedNameUsageID", "taxonRank", "kingdom", "genus")


def meta(
    terms: Sequence[str] = HEAD, *, core: str = "", fields: str = "", extension: str = "", location: str = "taxon.txt"
) -> str:
    core = core or r'fieldsTerminatedBy="\t" linesTerminatedBy="\n" fieldsEnclosedBy="&quot;" ignoreHeaderLines="1"'
    listed = "".join(f'<field index="{n}" term="{DWC}{term}"/>' for n, term in enumerate(terms))
    return (
        f'<archive xmlns="http://rs.tdwg.org/dwc/text/"><core encoding="UTF-8" rowType="{DWC}Taxon" {core}>'
        f'<files><location>{location}</location></files><id index="0"/>{listed}{fields}</core>{extension}</archive>'
    )


def quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if any(sign in value for sign in '\t\n\r"') else value


def table(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> str:
    return "".join("\t".join(map(quoted, row)) + "\n" for row in (head, *rows))


def archive(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return path
