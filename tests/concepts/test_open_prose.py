"""What open reading finds in the prose of handbooks and encyclopaedias."""

import pytest

from seston.concepts.extract.open import OpenReader
from seston.concepts.scheme import load_scheme

Said = set[tuple[str, str, str, str]]


@pytest.fixture(scope="module")
def reader() -> OpenReader:
    return OpenReader(load_scheme())


def said(reader: OpenReader, text: str, taxon: str = "Gordius") -> Said:
    return {(one.entity, one.quality, one.polarity, one.subject) for one in reader.read(text, taxon)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The head bears antennae and jaws.", ("jaw", "present", "present", "self")),
        ("The head is dome-shaped with large eyes.", ("head", "dome-shaped", "present", "self")),
        ("The thorax holds four to six pairs of legs.", ("leg", "four to six pairs", "present", "self")),
        ("There are between four and ten hooks.", ("hook", "between four and ten", "present", "self")),
        ("It has a conical or paddle-shaped, snout.", ("snout", "paddle-shaped", "variable", "self")),
        ("The antennae are small, hairy appendages.", ("antenna", "hairy", "present", "self")),
        ("It bears two pairs of arms, and the hind pair is short.", ("hind arm pair", "short", "present", "self")),
        ("The mouth is round and ventral.", ("mouth", "ventral", "present", "self")),
        ("The skin is glabrous.", ("skin", "glabrous", "present", "self")),
        ("An outer coat, which is found in fishes, is lacking.", ("outer coat", "present", "absent", "self")),
        ("Small, slender animals with a tail.", ("body", "slender", "present", "self")),
        ("The soft eelpout is a small fish.", ("body", "small", "present", "self")),
    ],
)
def test_statements_of_a_handbook(reader: OpenReader, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in said(reader, text)


def test_a_latin_name_of_two_words_opens_a_sentence(reader: OpenReader) -> None:
    found = said(reader, "Chironex fleckeri is large and has long tentacles.", "Scyphozoa")
    assert found == {
        ("body", "large", "present", "Chironex fleckeri"),
        ("tentacle", "long", "present", "Chironex fleckeri"),
    }


def test_the_taxon_is_called_by_its_common_name(reader: OpenReader) -> None:
    text = "Sagittidae, commonly known as arrow worms, are predators. Arrow worms have long bodies."
    assert said(reader, text, "Sagittidae") == {("body", "long", "present", "self")}


def test_a_size_is_told_once_in_two_units(reader: OpenReader) -> None:
    sizes = [(one.low, one.high, one.unit) for one in reader.read("It grows to 5 cm (2.0 in) long.", "Gordius")]
    assert sizes == [(None, 5.0, "cm")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bell length is 5 mm.", ("bell", "length", "present", "self")),
        ("The papillae are tipped with pale yellow.", ("papilla", "tipped with pale yellow", "present", "self")),
        ("The inside of the shell is chocolate brown.", ("inside", "chocolate brown", "present", "self")),
        ("It has a thick shell, that is banded.", ("shell", "banded", "present", "self")),
        ("The body bears a ring of plates.", ("plate", "ring", "present", "self")),
        ("The medusa is a flat disc.", ("body", "disc", "present", "self")),
        ("The velum is narrow or absent.", ("velum", "present", "variable", "self")),
        ("Fins present.", ("fin", "present", "present", "self")),
        ("The animals don't have long tentacles.", ("long tentacle", "present", "absent", "self")),
        ("The head bears a horn, or spike.", ("horn", "present", "present", "self")),
        ("The shell varies in colour from olive to violet.", ("shell", "violet", "variable", "self")),
        ("It has a float, bluish in colour and up to 3 cm long.", ("float", "length", "present", "self")),
        ("It has a mouth for taking in water and an anal pore.", ("anal pore", "present", "present", "self")),
    ],
)
def test_more_of_a_handbook(reader: OpenReader, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in said(reader, text)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The head bears a horn, or spike.", "spike"),
        ("A muscle allows the jaws to be extended.", "muscle"),
        ("Both pairs of antennae are short.", "pair"),
    ],
)
def test_what_a_handbook_does_not_say(reader: OpenReader, text: str, denied: str) -> None:
    assert not any(denied in (entity, quality) for entity, quality, *_ in said(reader, text))


@pytest.mark.parametrize(
    ("text", "taxon", "subject"),
    [
        ("Krill have black eyes.", "Euphausiacea", "self"),
        ("Euphausiids have black eyes.", "Euphausiacea", "self"),
        ("Moon jellyfish have round bells.", "Scyphozoa", "Moon jellyfish"),
        ("Adult jellyfish have round bells.", "Scyphozoa", "self"),
        ("Colonial algae with round cells.", "Volvox", "self"),
        ("Unlike those of fishes, its eyes are red.", "Sagitta", "self"),
    ],
)
def test_whose_form_is_told(reader: OpenReader, text: str, taxon: str, subject: str) -> None:
    assert {whom for *_, whom in said(reader, text, taxon)} == {subject}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It has round, oval, or flat eyes.", ("eye", "oval", "variable", "self")),
        ("The jaws no longer have teeth.", ("tooth", "present", "absent", "self")),
        ("The shell has disappeared.", ("shell", "present", "absent", "self")),
        ("Its shape can vary: coiled, conical or globular.", ("body", "conical", "variable", "self")),
        ("It bears a backwardly directed spine.", ("spine", "backwardly directed", "present", "self")),
        ("The 6th segment bears a telson.", ("telson", "present", "present", "self")),
        ("It carries no lure.", ("lure", "present", "absent", "self")),
        ("It has a disc instead of jaws.", ("disc", "present", "present", "self")),
        ("Its shell is thin, and it is white.", ("shell", "thin", "present", "self")),
    ],
)
def test_still_more_of_a_handbook(reader: OpenReader, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in said(reader, text)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Not all beetles have wings.", "variable"),
        ("Nearly all species have wings.", "variable"),
        ("Two of the species have wings.", "variable"),
        ("Half of the genera have wings.", "variable"),
        ("Flightless forms have wings.", "variable"),
        ("It includes species with wings.", "variable"),
        ("There are species with wings.", "variable"),
        ("Wings are found in most species.", "variable"),
        ("Wings are present in a minority of species.", "variable"),
        ("The wings are often absent.", "variable"),
        ("Known species have wings.", "present"),
        ("All species have wings.", "present"),
    ],
)
def test_of_how_many_members(reader: OpenReader, text: str, polarity: str) -> None:
    assert {told for part, _, told, _ in said(reader, text, "Beetle") if part == "wing"} == {polarity}


@pytest.mark.parametrize(
    "text",
    [
        "Their predators have large jaws.",
        "The gene has a long tail and two arms.",
        "The name refers to the long tail.",
        "Rather than long arms, it has none.",
    ],
)
def test_whose_form_is_none_of_the_page(reader: OpenReader, text: str) -> None:
    assert said(reader, text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All gordians have fins except for Aus.", ("fin", "present", "absent", "Aus")),
        ("All gordians have fins except for Aus.", ("fin", "present", "present", "self")),
        ("Except in Aus, the fins are red.", ("fin", "red", "absent", "Aus")),
        ("Some genera, such as Aus, have red fins.", ("fin", "red", "present", "Aus")),
        ("Some genera, such as Aus, have red fins.", ("fin", "red", "variable", "self")),
        ("One genus, Aus, has red fins.", ("fin", "red", "present", "Aus")),
        ("Long spines are typical of Aus.", ("long spine", "present", "present", "Aus")),
        ("Spines are present in Aus but absent in Bus.", ("spine", "present", "absent", "Bus")),
        ("Crab larvae have long spines.", ("spine", "long", "present", "Crab")),
        ("Fungal cell walls are thin.", ("fungal cell wall", "thin", "present", "Fungal")),
        ("They lack the thick shell of snails.", ("thick shell", "present", "absent", "self")),
        ("They are eaten by fish with large mouths.", ("mouth", "large", "present", "fish")),
        ("In Aus, a genus of worms, the eyes are red.", ("eye", "red", "present", "Aus")),
        ("Aus has long spines and Bus short ones.", ("spine", "short", "present", "Bus")),
        ("The eyes of Aus are red, those of Bus black.", ("eye", "black", "present", "Bus")),
        ("Aus has thick eyes, while those of Bus are thin.", ("eye", "thin", "present", "Bus")),
        ("Snails have a thick shell, but in Aus it is thin.", ("shell", "thin", "present", "Aus")),
        ("Like that of Aus, its eye is red.", ("eye", "red", "present", "self")),
        ("The male has long horns; the female has none.", ("horn", "present", "absent", "self")),
        ("It bears eyes and spines; Aus has none of these.", ("eye", "present", "absent", "Aus")),
    ],
)
def test_whose_form_is_told_besides(reader: OpenReader, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in said(reader, text)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Adult females have two horns.", "adult"),
        ("Young animals have two horns.", "juvenile"),
        ("During the nauplius stage it has two horns.", "nauplius"),
        ("In the larva, the horns are red.", "larva"),
    ],
)
def test_the_stage_that_is_told(reader: OpenReader, text: str, stage: str) -> None:
    assert {one.stage for one in reader.read(text, "Gordius")} == {stage}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The head bears spines and, in Aus, two hooks.", ("hook", "two", "present", "Aus")),
        ("The head bears spines and, in most species, two hooks.", ("hook", "two", "variable", "self")),
        ("The head bears spines and, in most species, two hooks.", ("spine", "present", "present", "self")),
        ("Like crabs, shrimps and prawns, gordians have ten legs.", ("leg", "ten", "present", "self")),
        ("Among the crabs, swimming crabs have flat legs.", ("leg", "flat", "present", "swimming crabs")),
        ("Two families, the Ausidae and the Busidae, have fins.", ("fin", "present", "present", "Busidae")),
        ("Gordians with elbowed palps include the Ausidae.", ("palp", "elbowed", "present", "Ausidae")),
        ("The stag beetle's jaws are branched.", ("jaw", "branched", "present", "stag beetle")),
        ("The eyes may be divided, as in crabs, where the stalks are long.", ("stalk", "long", "present", "crabs")),
        ("They differ from crabs, in which the tail is folded.", ("tail", "folded", "present", "crabs")),
        ("The Ausidae, which live in caves, have short arms.", ("arm", "short", "present", "Ausidae")),
        ("Members of the CAB clade have short arms.", ("arm", "short", "present", "CAB clade")),
        ("All but one family have short arms.", ("arm", "short", "variable", "self")),
        ("Each leg has two branches. The inner one is short.", ("branch", "short", "present", "self")),
    ],
)
def test_whom_a_clause_speaks_of(reader: OpenReader, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in said(reader, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Several species, including Aus, have red fins.", ("fin", "red", "present", "Aus")),
        ("Only in a few species is the tail forked.", ("tail", "forked", "variable", "self")),
        ("The tail is long in most cases.", ("tail", "long", "variable", "self")),
        ("The Ausidae are unusual in having two spots.", ("spot", "two", "present", "Ausidae")),
        ("They resemble young crabs, which have a short tail.", ("tail", "short", "present", "crabs")),
        ("Snails filter food with a crown of hollow arms.", ("arm", "hollow", "present", "Snails")),
    ],
)
def test_scope_by_small_words(reader: OpenReader, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in said(reader, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is clear, though snails are dark, and it has long arms.", ("arm", "long", "present", "self")),
        ("At first the float is round.", ("float", "round", "present", "self")),
        ("Snails are long and do not form colonies.", ("colony", "present", "absent", "Snails")),
        ("The largest members, the Ausidae, have blades.", ("blade", "present", "present", "Ausidae")),
        ("The inner branch is short, the outer one long.", ("outer branch", "long", "present", "self")),
    ],
)
def test_what_agrees_with_what(reader: OpenReader, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in said(reader, text)


def test_what_was_once_believed_is_not_said(reader: OpenReader) -> None:
    assert said(reader, "It was once believed that its float had wings.") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aurelia is benthic. Its body is short.", ("body", "short", "present", "Aurelia")),
        ("Stag gordian larvae have six legs.", ("leg", "six", "present", "Stag gordian")),
        ("Most gordians have a horn. In blind species it is absent.", ("horn", "present", "variable", "self")),
        ("Aurelia is red and Pelagia blue.", ("body", "blue", "present", "Pelagia")),
        ("Not a single species has legs.", ("leg", "present", "absent", "self")),
        ("Eyes are present in all but a few species.", ("eye", "present", "variable", "self")),
        ("Gordiid worms have short arms.", ("arm", "short", "present", "self")),
        ("Gordiopsis has short arms.", ("arm", "short", "present", "Gordiopsis")),
    ],
)
def test_whom_behind_a_sentence(reader: OpenReader, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in said(reader, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Aurelia, the largest genus, the bell is round.", ("bell", "round", "present", "Aurelia")),
        ("The eyes are small, though not always red, and lie on stalks.", ("eye", "red", "variable", "self")),
        ("Nearly 70 per cent of the species have smooth arms.", ("arm", "smooth", "variable", "self")),
        ("Long fins are a form found in the Ausidae.", ("fin", "long", "present", "Ausidae")),
        ("Long fins occur in the Ausidae and a few other families.", ("long fin", "present", "variable", "self")),
    ],
)
def test_more_of_scope(reader: OpenReader, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in said(reader, text)


@pytest.mark.parametrize(
    ("taxon", "text", "expected"),
    [
        ("Aus bus", "The cells of A. bus are round.", ("cell", "round", "present", "self")),
        ("Aus", "The cells of A. bus are round.", ("cell", "round", "present", "A. bus")),
        ("Oithona", "Copepods of this family have long antennae.", ("antenna", "long", "present", "self")),
        ("Oithona", "The solitary form of this salp has a round bell.", ("bell", "round", "present", "self")),
        ("Aus", "Cells without any skeleton are known from culture.", ("skeleton", "present", "absent", "self")),
        ("Aus", "The sea plum has a round body with two rows of plates.", ("plate", "two rows", "present", "self")),
        ("Aus", "The sea plum has a round body, up to 2 cm across.", ("body", "diameter", "present", "self")),
        ("Aus", "Each colony has an oval float, rarely more than 7 cm long.", ("float", "length", "present", "self")),
        ("Aus", "The rim carries hundreds of short tentacles.", ("tentacle", "hundreds", "present", "self")),
        ("Aus", "It has a tail fin in the form of a paddle.", ("tail fin", "a paddle", "present", "self")),
    ],
)
def test_whom_and_what_by_pointing_words(
    reader: OpenReader, taxon: str, text: str, expected: tuple[str, str, str, str]
) -> None:
    assert expected in said(reader, text, taxon)


@pytest.mark.parametrize(
    ("text", "subject", "polarity"),
    [
        ("The pelagic species is 2 mm long and has a round bell.", "self", "present"),
        ("Some have flat bells, while those of the Ausidae have a round bell.", "Ausidae", "present"),
        ("The bell, reminiscent of jellyfish, is round.", "self", "present"),
    ],
)
def test_what_names_nobody(reader: OpenReader, text: str, subject: str, polarity: str) -> None:
    found = {(told, whom) for part, quality, told, whom in said(reader, text) if quality == "round"}
    assert found == {(polarity, subject)}
