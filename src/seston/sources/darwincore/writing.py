"""Writes Darwin Core archives: the same rows always give the same bytes."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from seston.disk import replacing
from seston.sources.darwincore.columns import LSID

DWC = "http://rs.tdwg.org/dwc/terms/"
DCTERMS = "http://purl.org/dc/terms/"
GBIF = "http://rs.gbif.org/terms/1.0/"
OBIS = "http://rs.iobis.org/obis/terms/"
_OLDEST = (1980, 1, 1, 0, 0, 0)  # zip knows no date before it
_ROWS = 10_000
_WRITTEN = r'encoding="UTF-8" fieldsTerminatedBy="\t" linesTerminatedBy="\n" fieldsEnclosedBy="&quot;"'


@dataclass(frozen=True)
class Sheet:
    """A file of an archive to write.

    Parameters
    ----------
    row_type
        IRI of what its rows are.
    location
        Its name in the archive.
    terms
        IRI of each column but the first, which holds the id of the taxon.
    rows
        One tuple a row: the id of the taxon, then a value for each term.
    """

    row_type: str
    location: str
    terms: Sequence[str]
    rows: Iterable[Sequence[str]]


@dataclass(frozen=True)
class About:
    """What ``eml.xml`` says of an archive; ``date`` is that of the data (YYYY-MM-DD), ``version`` names them."""

    title: str
    abstract: str
    publisher: str
    licence: str
    date: str
    version: str


def taxon_id(curie: str) -> str:
    """Return how an archive writes the id of a taxon: WoRMS's as LSID, others as they are.

    >>> taxon_id("worms:1080"), taxon_id("ecotaxa:85011")
    ('urn:lsid:marinespecies.org:taxname:1080', 'ecotaxa:85011')
    """
    return curie.replace("worms:", LSID, 1) if curie.startswith("worms:") else curie


def write_archive(path: Path, core: Sheet, extensions: Sequence[Sheet], about: About) -> None:
    """Write an archive; its rows are taken as a stream."""
    with replacing(path) as sibling, zipfile.ZipFile(sibling, "w") as archive:
        _add(archive, "meta.xml", [_meta(core, extensions)])
        _add(archive, "eml.xml", [_eml(about)])
        for sheet in (core, *extensions):
            _add(archive, sheet.location, _lines(sheet))


def _add(archive: zipfile.ZipFile, name: str, texts: Iterable[str]) -> None:
    item = zipfile.ZipInfo(name, _OLDEST)
    item.compress_type, item.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    with archive.open(item, "w", force_zip64=True) as member:
        for text in texts:
            member.write(text.encode())


def _lines(sheet: Sheet) -> Iterator[str]:
    held = io.StringIO()
    writer = csv.writer(held, delimiter="\t", lineterminator="\n")
    writer.writerow(["taxonID", *(term.rpartition("/")[2] for term in sheet.terms)])
    for number, row in enumerate(sheet.rows, 1):
        writer.writerow(row)
        if number % _ROWS == 0:
            yield held.getvalue()
            held.seek(0)
            held.truncate()
    yield held.getvalue()


def _meta(core: Sheet, extensions: Sequence[Sheet]) -> str:
    parts = [_described(core, "core", "id"), *(_described(sheet, "extension", "coreid") for sheet in extensions)]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<archive xmlns="http://rs.tdwg.org/dwc/text/" metadata="eml.xml">\n{"".join(parts)}</archive>\n'
    )


def _described(sheet: Sheet, tag: str, key: str) -> str:
    terms = enumerate(([DWC + "taxonID"] if tag == "core" else [""]) + list(sheet.terms))
    fields = "".join(f'    <field index="{n}" term={quoteattr(term)}/>\n' for n, term in terms if term)
    return (
        f'  <{tag} {_WRITTEN} ignoreHeaderLines="1" rowType={quoteattr(sheet.row_type)}>\n'
        f"    <files><location>{escape(sheet.location)}</location></files>\n"
        f'    <{key} index="0"/>\n{fields}  </{tag}>\n'
    )


def _eml(about: About) -> str:
    who = f"<organizationName>{escape(about.publisher)}</organizationName>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<eml:eml xmlns:eml="https://eml.ecoinformatics.org/eml-2.2.0" system="https://w3id.org/seston/"'
        f" packageId={quoteattr(about.version)}>\n  <dataset>\n"
        f"    <title>{escape(about.title)}</title>\n    <creator>{who}</creator>\n"
        f"    <metadataProvider>{who}</metadataProvider>\n    <pubDate>{about.date}</pubDate>\n"
        f"    <language>eng</language>\n    <abstract><para>{escape(about.abstract)}</para></abstract>\n"
        f"    <intellectualRights><para>{escape(about.licence)}</para></intellectualRights>\n"
        f"    <contact>{who}</contact>\n  </dataset>\n</eml:eml>\n"
    )
