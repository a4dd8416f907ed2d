"""Archives become registers; bad ones are refused or reported with their lines."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seston.errors import InvalidData, InvalidTaxonomy, UnknownTaxon
from seston.sources.darwincore.taxa import read_archive
from seston.sources.registry import read_register, write_register
from tests.command import done, seston
from tests.sources.darwincore.writing import DWC, archive, meta, table

LSID = "urn:lsid:marinespecies.org:taxname:"
ROWS = [
    (f"{LSID}1", "Biota", "", f"{LSID}1", "", "", ""),
    (f"{LSID}2", "Animalia", f"{LSID}1", f"{LSID}2", "Kingdom", "Animalia", ""),
    (f"{LSID}3", "Calanus", f"{LSID}2", f"{LSID}3", "Genus", "Animalia", "Calanus"),
    (f"{LSID}4", 'Calanus "x"\tb\nc', f"{LSID}3", f"{LSID}5", "Species", "Animalia", "Calanus"),
    (f"{LSID}5", "Calanus b", f"{LSID}3", "", "Species", "Animalia", "Calanus"),
    (f"{LSID}6", "Plantae", f"{LSID}1", f"{LSID}6", "Kingdom", "Plantae", ""),
]
VERNACULAR = (
    r'<extension fieldsTerminatedBy="," fieldsEnclosedBy="" rowType="http://rs.gbif.org/terms/1.0/VernacularName">'
    f'<files><location>v.txt</location></files><coreid index="0"/><field index="1" term="{DWC}vernacularName"/>'
    '<field default="eng" term="http://purl.org/dc/terms/language"/></extension>'
)


def of(tmp_path: Path, rows: Sequence[tuple[str, ...]]) -> Path:
    return archive(tmp_path / "a.zip", {"meta.xml": meta(), "taxon.txt": table(rows)})


def test_synonyms_lineage_and_vernaculars(tmp_path: Path) -> None:
    members = {"meta.xml": meta(extension=VERNACULAR), "taxon.txt": table(ROWS)}
    path = archive(tmp_path / "a.zip", {**members, "v.txt": f"{LSID}5,a copepod\n{LSID}9,nobody\n"})
    read = read_archive(path)
    rows = {row["id"]: row for row in read.table.to_pylist()}
    synonym = rows["worms:4"]
    assert (synonym["name"], synonym["accepted"], synonym["parent"]) == ('Calanus "x"\tb\nc', "worms:5", "worms:3")
    assert [tuple(pair.values()) for pair in synonym["lineage"]] == [("kingdom", "Animalia"), ("genus", "Calanus")]
    assert rows["worms:3"]["lineage"] == [{"first": "kingdom", "second": "Animalia"}]
    assert rows["worms:5"]["vernaculars"] == [{"first": "eng", "second": "a copepod"}]
    assert read.reported == ("v.txt line 2: worms:9 is not in the archive; left out",)


def profile(rows: str) -> tuple[str, str]:
    """Return the part of meta.xml that describes a species profile, and its file."""
    fields = "".join(f'<field index="{n}" term="{DWC}is{word}"/>' for n, word in ((1, "Marine"), (2, "Extinct")))
    return (
        r'<extension fieldsTerminatedBy="," fieldsEnclosedBy="" rowType="http://rs.gbif.org/terms/1.0/SpeciesProfile">'
        f'<files><location>p.txt</location></files><coreid index="0"/>{fields}</extension>'
    ), rows


def test_profiles_say_yes_no_or_nothing(tmp_path: Path) -> None:
    extension, rows = profile(f"{LSID}3,1,0\n{LSID}2,true,\n{LSID}3,0,0\n{LSID}77,1,1\n")
    members = {"meta.xml": meta(extension=extension), "taxon.txt": table(ROWS), "p.txt": rows}
    read = read_archive(archive(tmp_path / "a.zip", members))
    write_register(tmp_path / "a.parquet", read.table)
    said = {row.id: (row.marine, row.extinct, row.freshwater) for row in read_register(tmp_path / "a.parquet")}
    assert said["worms:3"] == (True, False, None)
    assert said["worms:2"] == (True, None, None)
    assert said["worms:1"] == (None, None, None)
    assert read.reported == ("p.txt line 4: worms:77 is not in the archive; left out",)


def test_profiles_in_the_order_of_the_core(tmp_path: Path) -> None:
    extension, rows = profile("".join(f"{row[0]},{n % 2},\n" for n, row in enumerate(ROWS)))
    members = {"meta.xml": meta(extension=extension), "taxon.txt": table(ROWS), "p.txt": rows}
    read = read_archive(archive(tmp_path / "a.zip", members), root="Plantae")
    assert read.table["marine"].to_pylist() == [False, True]


def test_profiles_without_rows(tmp_path: Path) -> None:
    extension, rows = profile("")
    members = {"meta.xml": meta(extension=extension), "taxon.txt": table(ROWS), "p.txt": rows}
    assert read_archive(archive(tmp_path / "a.zip", members)).table["marine"].null_count == len(ROWS)


def test_a_corrupt_member_is_refused(tmp_path: Path) -> None:
    path = of(tmp_path, ROWS)
    content = bytearray(path.read_bytes())
    content[content.index(b"taxon.txt") + 20] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(InvalidData, match=r"taxon\.txt of .* cannot be unpacked"):
        read_archive(path)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("taxonID,scientificName\n")
    with pytest.raises(InvalidData, match="is no zip archive") as caught:
        read_archive(tmp_path / "list.csv")
    assert "seston import table" in caught.value.hint
    with pytest.raises(InvalidData, match=r"has no meta\.xml"):
        read_archive(tmp_path)


def test_comma_separated_without_header_with_defaults_and_plain_ids(tmp_path: Path) -> None:
    core = 'fieldsTerminatedBy="," fieldsEnclosedBy=""'
    fields = f'<field default="Species" term="{DWC}taxonRank"/>'
    xml = meta(HEAD2, core=core, fields=fields)
    [row] = read_archive(archive(tmp_path / "My list.zip", {"meta.xml": xml, "taxon.txt": "7,A b\n"})).table.to_pylist()
    assert (row["id"], row["name"], row["rank"], row["accepted"]) == ("mylist:7", "A b", "species", "mylist:7")


HEAD2 = ("taxonID", "scientificName")
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXT, min_size=1, max_size=8))
def test_odd_characters_come_back(tmp_path: Path, names: list[str]) -> None:
    rows = [(str(n), name) for n, name in enumerate(names)]
    path = archive(tmp_path / "a.zip", {"meta.xml": meta(HEAD2), "taxon.txt": table(rows, HEAD2)})
    assert read_archive(path).table["name"].to_pylist() == names


def test_duplicates_and_cycles_are_refused_with_their_lines(tmp_path: Path) -> None:
    with pytest.raises(InvalidTaxonomy) as caught:
        read_archive(of(tmp_path, [*ROWS, ROWS[4]]))
    assert caught.value.problems == ("taxon.txt line 9: worms:5 is there a second time",)
    loop = [("1", "a", "2", "", "", "", ""), ("2", "b", "1", "", "", "", ""), ("3", "c", "1", "", "", "", "")]
    with pytest.raises(InvalidTaxonomy) as caught:
        read_archive(of(tmp_path, loop))
    assert caught.value.problems == (
        "taxon.txt line 2: a:1 is its own ancestor",
        "taxon.txt line 3: a:2 is its own ancestor",
    )


def test_dangling_parents_and_uneven_rows_are_reported(tmp_path: Path) -> None:
    text = table([*ROWS, ("8", "d", "77", "", "", "", "")]) + "9\tshort\n"
    read = read_archive(archive(tmp_path / "a.zip", {"meta.xml": meta(), "taxon.txt": text}))
    assert read.table["parent"].to_pylist()[-1] == "worms:77"
    assert read.reported == (
        "taxon.txt line 10: 2 fields, expected 7; left out",
        "taxon.txt line 9: worms:8 has the parent worms:77, which is not in the archive",
    )


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"meta.xml": meta(), "taxon.txt": table(ROWS), "../x": ""}, "leads out of the archive"),
        ({"meta.xml": meta(), "taxon.txt": b"0" * 2**22}, "at most 200 times are read"),
        ({"meta.xml": '<!DOCTYPE a [<!ENTITY b "c">]>' + meta(), "taxon.txt": ""}, "declares entities"),
        ({"meta.xml": meta()}, "taxon.txt: named in meta.xml"),
        ({"meta.xml": meta(location="../taxon.txt"), "taxon.txt": ""}, "../taxon.txt: named in meta.xml"),
        ({"taxon.txt": table(ROWS)}, "has no meta.xml"),
        ({"meta.xml": meta().replace("terms/Taxon", "terms/Event"), "taxon.txt": ""}, "of the type Event"),
        ({"meta.xml": meta(("taxonID", "genus")), "taxon.txt": "1\tA\n"}, "no column scientificName"),
        ({"meta.xml": meta(), "taxon.txt": table([])}, "no rows below its header"),
        ({"meta.xml": meta(), "taxon.txt": table(ROWS).replace("Plantae", "Pl\0")}, "line 8: NUL byte"),
        ({"meta.xml": meta(), "taxon.txt": table(ROWS).encode().replace(b"Biota", b"\xff")}, "line 2: not utf-8"),
        (
            {"meta.xml": meta(HEAD2), "taxon.txt": b"a\tb\tc\n1\tx\ty\n2\tx\t\xff\n"},
            "line 3: not utf-8 (byte 0xff at 4)",
        ),
    ],
)
def test_what_cannot_be_trusted_is_refused(tmp_path: Path, members: dict[str, str | bytes], said: str) -> None:
    with pytest.raises(InvalidData) as caught:
        read_archive(archive(tmp_path / "a.zip", members))
    assert said in "\n".join([caught.value.message, *caught.value.problems])


def test_a_long_field_does_not_hide_the_line(tmp_path: Path) -> None:
    text = table([("8", "d" * 200_000, "", "", "", "", "")]) + "9\tshort\n"
    read = read_archive(archive(tmp_path / "a.zip", {"meta.xml": meta(), "taxon.txt": text}))
    assert read.reported == ("taxon.txt line 3: 2 fields, expected 7; left out",)


def test_the_command_keeps_a_subtree(tmp_path: Path) -> None:
    ran = done("import", "dwca", of(tmp_path, ROWS), "--root", "Calanus", workspace=tmp_path / "work")
    assert ran.out == "4 taxa, 1 synonym and 0 vernacular names imported, 0 problems reported.\n"
    kept = [row.id for row in read_register(tmp_path / "work/sources/a.parquet")]
    assert kept == [f"worms:{n}" for n in (1, 2, 3, 4, 5)]
    with pytest.raises(UnknownTaxon):
        read_archive(of(tmp_path, ROWS), root="Nothing")
    assert seston("import", "dwca", of(tmp_path, [*ROWS, ROWS[1]]), workspace=tmp_path / "w2").code == 1
