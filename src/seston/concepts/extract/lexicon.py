"""The closed word classes that the grammar knows. What is not here and not in the scheme is taken for a noun."""

COPULAS = frozenset("be look appear seem remain become stay".split())
HAVING = frozenset("have bear carry possess show display own".split())
MAKING = frozenset("form make resemble recall suggest".split())
MODALS = frozenset("may might can could will would must should do cannot".split())
OTHER_VERBS = frozenset(
    """
    lack miss run stand lie hang reach trail stream spread extend stick project protrude rise sit end begin start taper
    narrow widen bend curl fold cover surround enclose fill join leave pass cross follow contain hold include consist
    consists live drift swim feed eat float grow develop hatch settle differ vary belong occur move use give take help
    fade blur radiate branch divide point connect link separate meet touch overlap fringe line mark set keep see know
    call name turn come go lose shed secrete produce release build feel measure range span exceed attach arise open
    close swing wave beat get lead contract shrink swell split break tear alternate repeat continue bulge stretch drag
    hide reveal vanish disappear seek catch push pull find allow serve let cause support stiffen carry bears occupy
    """.split()
)
PREPOSITIONS = frozenset(
    """
    of in on at by with without from to into onto over under above below behind before after between among around
    along across through against beside besides near off out up down inside outside within beyond towards toward per
    as than like unlike upon beneath during until despite via except
    """.split()
)
CONJUNCTIONS = frozenset("and or but nor yet so".split())
SUBORDINATORS = frozenset(
    "while whereas although though because since when where which that who whose if unless".split()
)
DETERMINERS = frozenset(
    "a an the its their his her this these those such each every any both another other some most all no".split()
)
PRONOUNS = frozenset("it they them he she itself themselves one ones there".split())
ADVERBS = frozenset(
    """
    very quite rather about almost nearly roughly approximately usually often mostly mainly generally typically normally
    commonly frequently sometimes occasionally seldom rarely never always also only even just more less much far still
    then too well slightly somewhat fairly strongly gently perhaps probably possibly likely not together apart alone
    here partly half moderately extremely apart once twice thus however instead otherwise again altogether hardly barely
    """.split()
)
NUMBERS = {
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "seven": 7.0,
    "eight": 8.0,
    "nine": 9.0,
    "ten": 10.0,
    "twelve": 12.0,
    "fifteen": 15.0,
    "sixteen": 16.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "a few": 3.0,
    "several": 4.0,
}

# Nouns for the whole of what a passage is about.
WHOLE = frozenset(
    """
    body animal organism creature individual specimen cell colony larva adult juvenile member species form stage object
    particle thing silhouette shape medusa hydromedusa jellyfish copepod crustacean shrimp krill worm snail
    siphonophore polyp fish plankton female male nauplius zoea pluteus protist diatom alga ctenophore tunicate salp
    doliolid appendicularian chaetognath siphonophora mollusc pteropod amphipod decapod euphausiid stomatopod
    radiolarian acantharian dinoflagellate ciliate foraminiferan foraminifer polychaete annelid echinoderm
    siphonophores ephyra trochophore veliger auricularia bipinnaria brachiolaria tornaria leptocephalus echinopluteus
    heteropod ostracod cladoceran mysid isopod rotifer bacterium cyanobacterium pellet kind type category label group
    genus family order class phylum aggregate detritus carcass exemplar whole postlarva megalopa phyllosoma actinula
    planula pilidium actinotroch jelly
    """.split()
)
# Nouns that name an aspect: "the shape is oval", "oval in outline", "of small size".
ASPECTS = frozenset(
    "shape form size outline appearance profile look build silhouette symmetry proportion figure habit".split()
)
PICTURES = frozenset("picture image vignette frame photograph view label category silhouette shadow".split())
# "a pair of antennae": the noun after "of" is meant.
QUANTIFIERS = frozenset(
    "pair row ring number set series kind type sort form group crown bundle circle tuft lot plenty couple mass".split()
)
# Adjectives that do not narrow a negated noun: "no visible gut" denies the gut.
ADJECTIVAL = ("ous", "al", "ed", "ose", "ic", "oid", "less")
PLAIN = frozenset(
    "visible clear distinct obvious true real definite proper sign trace apparent recognisable marked".split()
)
SEEING = frozenset(
    "visible seen resolved shown recognisable recognised apparent noticeable distinct out evident".split()
)

NEGATORS = frozenset("no not without lack never neither nor none cannot nothing".split())
MISSING = frozenset("absent missing lacking invisible wanting".split())
OFTEN = frozenset("often sometimes frequently occasionally".split())
RARELY = frozenset("seldom rarely hardly barely scarcely".split())

HEDGES = {
    "usually": 0.9,
    "mostly": 0.9,
    "generally": 0.9,
    "typically": 0.9,
    "normally": 0.9,
    "commonly": 0.9,
    "mainly": 0.9,
    "often": 0.85,
    "frequently": 0.85,
    "almost": 0.9,
    "nearly": 0.9,
    "fairly": 0.85,
    "moderately": 0.7,
    "relatively": 0.85,
    "roughly": 0.95,
    "rather": 0.95,
    "probably": 0.7,
    "likely": 0.7,
    "presumably": 0.7,
    "apparently": 0.7,
    "perhaps": 0.5,
    "possibly": 0.5,
    "maybe": 0.5,
}
VARIABLES = frozenset("sometimes occasionally may might could varies vary varying differ differs".split())
STAGES = {
    "larva": "larva", "nauplius": "nauplius", "metanauplius": "nauplius", "copepodite": "copepodite", "zoea": "zoea",
    "megalopa": "megalopa", "mysis": "mysis", "calyptopis": "calyptopis", "furcilia": "furcilia", "pluteus": "pluteus",
    "echinopluteus": "echinopluteus", "ophiopluteus": "ophiopluteus", "bipinnaria": "bipinnaria",
    "brachiolaria": "brachiolaria", "auricularia": "auricularia", "doliolaria": "doliolaria", "tornaria": "tornaria",
    "trochophore": "trochophore", "veliger": "veliger", "planula": "planula", "actinula": "actinula",
    "ephyra": "ephyra", "actinotroch": "actinotroch", "cyphonautes": "cyphonautes", "cypris": "cypris",
    "leptocephalus": "leptocephalus", "postlarva": "postlarva", "phyllosoma": "phyllosoma", "nectochaete": "nectochaete",
    "mitraria": "mitraria", "pilidium": "pilidium", "cyphonaut": "cyphonautes", "polyp": "polyp",
    "juvenile": "juvenile", "egg": "egg", "cyst": "cyst", "embryo": "egg", "alima": "alima", "erichthus": "erichthus",
    "zooid": "", "metatrochophore": "trochophore",
}  # fmt: skip
LARVAL = frozenset(STAGES.values()) - {"", "juvenile", "egg", "cyst", "polyp", "copepodite"}
