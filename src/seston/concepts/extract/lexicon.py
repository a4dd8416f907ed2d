"""The closed word classes that the grammar knows. What is not here and not in the scheme is taken for a noun."""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


def _ordered(text: str) -> list[str]:
    return text.split()


COPULAS = words_of("be look appear seem remain become stay")
HAVING = words_of("have bear carry possess show display own")
MAKING = words_of("form resemble recall")
MODALS = words_of("may might can could will would must should do cannot")
OTHER_VERBS = words_of("""
    make suggest
    lack miss run stand lie hang reach trail stream spread extend stick project protrude rise sit end begin start taper
    narrow widen bend curl fold cover surround enclose fill join leave pass cross follow contain hold include consist
    consists live drift swim feed eat float grow develop hatch settle differ vary belong occur move use give take help
    fade blur radiate branch divide point connect link separate meet touch overlap fringe line mark set keep see know
    call name turn come go lose shed secrete produce release build feel measure range span exceed attach arise open
    close swing wave beat get lead contract shrink swell split break tear alternate repeat continue bulge stretch drag
    hide reveal vanish disappear seek catch push pull find allow serve let cause support stiffen carry bears occupy
    """)
# Verbs that only say where a thing is: "a dark bar stands inside".
POSITION = words_of("stand lie run sit")
# Verbs of what a thing does where it is: "no halo surrounds it" denies the halo.
STANDING = words_of("""
    stand lie run sit hang trail stick project extend surround enclose cover fringe separate leave follow cross protrude
    join rise
    """)
PREPOSITIONS = words_of("""
    of in on at by with without from to into onto over under above below behind before after between among around
    along across through against beside besides near off out up down inside outside within beyond towards toward per
    as than like unlike upon beneath during until despite via except for throughout alongside
    """)
CONJUNCTIONS = words_of("and or but nor yet so")
SUBORDINATORS = words_of("while whereas although though because since when where which that who whose if unless")
DETERMINERS = words_of(
    "a an the its their his her this these those such each every any both another other some most all no"
)
PRONOUNS = words_of("it they them he she itself themselves one ones there")
ADVERBS = words_of("""
    very quite rather about almost nearly roughly approximately usually often mostly mainly generally typically normally
    commonly frequently sometimes occasionally seldom rarely never always also only even just more less much far still
    then too well slightly somewhat fairly strongly gently perhaps probably possibly likely not together apart alone
    here partly half moderately extremely apart once twice thus however instead otherwise again altogether hardly barely
    """)
NO_ADVERBS = words_of("family jelly belly fly assembly anomaly")
NUMBERS = {
    **dict(zip(_ordered("one two three four five six seven eight nine ten"), range(1, 11), strict=True)),
    **dict(zip(_ordered("twelve fifteen sixteen twenty thirty several"), (12, 15, 16, 20, 30, 4), strict=True)),
}

# Nouns for the whole of what a passage is about.
WHOLE = words_of("""
    body animal organism creature individual specimen cell colony larva adult juvenile member species form stage object
    particle thing silhouette shape medusa hydromedusa jellyfish copepod crustacean shrimp krill worm snail
    siphonophore polyp fish plankton female male nauplius zoea pluteus protist diatom alga ctenophore tunicate salp
    doliolid appendicularian chaetognath siphonophora mollusc pteropod amphipod decapod euphausiid stomatopod
    radiolarian acantharian dinoflagellate ciliate foraminiferan foraminifer polychaete annelid echinoderm
    siphonophores ephyra trochophore veliger auricularia bipinnaria brachiolaria tornaria leptocephalus echinopluteus
    heteropod ostracod cladoceran mysid isopod rotifer bacterium cyanobacterium pellet kind type category label group
    genus family order class phylum aggregate detritus carcass exemplar whole postlarva megalopa phyllosoma actinula
    planula pilidium actinotroch jelly jellies chain figure
    """)
# Nouns that name an aspect: "the shape is oval", "oval in outline", "of small size".
ASPECTS = words_of("shape form size outline appearance profile look build silhouette symmetry proportion figure habit")
PICTURES = words_of("picture image vignette frame photograph view label category silhouette shadow")
# "a pair of antennae": the noun after "of" is meant.
QUANTIFIERS = words_of(
    "pair row ring number set series kind type sort form group crown bundle circle tuft lot plenty couple mass"
)
# Adjectives that do not narrow a negated noun: "no visible gut" denies the gut.
ADJECTIVAL = ("ous", "al", "ed", "ose", "ic", "oid", "less")
PLAIN = words_of(
    """
    wide broad pronounced visible clear distinct obvious true real definite proper sign trace apparent recognisable
    marked
    """
)
SEEING = words_of(
    "visible seen resolved shown recognisable recognised apparent noticeable distinct out evident conspicuous obvious"
)

NEGATORS = words_of("no not without lack never neither nor none cannot nothing")
MISSING = words_of("absent missing lacking invisible wanting")
# What is said to be so is there in name only: a picture may or may not show it.
WEAK = words_of("indistinct reduced rudimentary vestigial inconspicuous minute minor hidden weak")
# Wordings that are nouns where an adjective stands before them: "rounded corners".
NOUNS = words_of("corner line strand fibre streak piece fragment spot bud lump")
# Nouns for a kind as such: "a big order" has many members, not big ones.
RANKS = words_of("genus order family class phylum group kind type form category label stage species")
FREE = words_of("free devoid destitute")
APART = words_of("separate differ distinguish tell")
# With a preposition, these speak of what surrounds the animal: "live on jellies".
AROUND = frozenset((("live", "on"), ("cling", "to"), ("feed", "on"), ("linked", "with"), ("attached", "to")))
OFTEN = words_of("often sometimes frequently occasionally")
RARELY = words_of("seldom rarely hardly barely scarcely")

HEDGES = {
    **dict.fromkeys(words_of("roughly rather"), 0.95),
    **dict.fromkeys(words_of("most usually mostly generally typically normally commonly mainly almost nearly"), 0.9),
    "known": 0.8,
    **dict.fromkeys(words_of("often frequently fairly relatively"), 0.85),
    **dict.fromkeys(words_of("probably likely presumably apparently moderately"), 0.7),
    **dict.fromkeys(words_of("perhaps possibly maybe"), 0.5),
}
MEMBERS = words_of("species genera genus families forms members individuals kinds")
# Lemmas of nouns for the members of a group; those that are groups themselves; and the rest of a sentence on some.
FELLOWS = words_of("species genus family form member individual kind group specimen line lineage one")
GROUPS = words_of("species genus family form member kind group line lineage")
FOLK = words_of("crab squid octopus nautilus hyperiid crawler swimmer animal picture image case place")
# Adjectives that do not narrow the members that plankton cameras meet.
NEUTRAL = words_of("planktonic pelagic marine typical common usual ordinary known living most all both these main")
SEXES = words_of("male female")
# Latin endings: a capital word that has one and is no own name is a member or another taxon.
LATIN = ("a", "us", "um", "is", "ops", "on", "en", "es")
# Groups that a sentence may turn to halfway: "and appendicularians are solitary".
KINDS = words_of("""
    copepod crustacean shrimp worm snail siphonophore polyp fish protist diatom alga ctenophore tunicate salp doliolid
    appendicularian chaetognath mollusc pteropod amphipod decapod euphausiid stomatopod radiolarian acantharian
    dinoflagellate ciliate foraminiferan polychaete annelid echinoderm heteropod ostracod cladoceran mysid isopod
    """)
# Nouns beside which "large" and "small" are absolute; a "big dinoflagellate" is big for its kind.
BODIES = words_of("body animal organism creature individual specimen cell colony object particle medusa larva chain")
# What sticks out of a body.
PROJECTIONS = words_of("""
    tentacle arm leg limb antenna antennule appendage spine spicule stem line thread strand filament process projection
    hair bristle seta ray horn needle cirrus
    """)
# Nouns by which a page may call its object: "it is a thin line", and then "the line".
FIGURES = words_of("""
    belt tube line strand filament thread bar rod bundle blob mass band stem string piece patch smudge tuft puff ball
    lump streak barrel tentacle fragment flake stick pellet particle
    """)
# Of those, the ones that the name of a label may give.
NAMED_FIGURES = words_of("string tube stick blob puff tuft bundle pellet")
# Cells, of which none is large in millimetres.
MICROBES = words_of("""
    dinoflagellate ciliate protist diatom radiolarian foraminiferan foraminifer acantharian bacterium cyanobacterium
    alga phaeodarian
    """)
# Adjectives that the scheme lacks, of which endings do not tell.
PREDICATES = words_of("complete intact alike equal even alive")
RARE = words_of("rare uncommon exceptional")
VARIABLES = words_of("seldom rarely sometimes occasionally may might could varies vary varying differ differs")
STAGES = {
    **{
        word: word
        for word in words_of(
            """
            larva nauplius copepodite zoea megalopa mysis calyptopis furcilia pluteus echinopluteus ophiopluteus
            bipinnaria brachiolaria auricularia doliolaria tornaria trochophore veliger planula actinula ephyra
            actinotroch cyphonautes cypris leptocephalus postlarva phyllosoma nectochaete mitraria pilidium polyp
            juvenile egg cyst alima erichthus
            """
        )
    },
    "metanauplius": "nauplius",
    "metatrochophore": "trochophore",
    "embryo": "egg",
}
LARVAL = frozenset(STAGES.values()) - {"juvenile", "egg", "cyst", "polyp", "copepodite"}
