"""Words of form that the open extraction knows beside the scheme: adjectives of quality, nouns of parts."""

from seston.concepts.extract.lexicon import words_of

ADJECTIVES = words_of("""
    red orange yellow green blue violet purple pink brown black white grey golden yellowish greenish brownish reddish
    bluish whitish pale dark colourless colorless bioluminescent iridescent pigmented unpigmented mottled striped
    spotted banded transparent translucent opaque hyaline glassy round rounded oval ovoid ovate elliptical spherical
    globular globose cylindrical conical tubular discoid flat flattened elongate elongated slender thin thick stout
    broad narrow wide short long tall deep curved straight bent coiled spiral twisted triangular square rectangular
    polygonal hexagonal pentagonal lanceolate linear crescentic lunate fusiform pointed tapered blunt acute truncate
    lobed bilobed forked branched unbranched bifurcate segmented unsegmented jointed hollow solid compressed large
    small tiny minute microscopic huge big enormous equal unequal smooth rough hairy spiny bristly granular ridged
    grooved striated sculptured perforate porous warty scaly ciliated armoured naked gelatinous leathery calcareous
    siliceous soft hard rigid flexible symmetrical asymmetrical bilateral radial unicellular multicellular uninucleate
    colonial solitary filamentous biflagellate uniflagellate paired unpaired numerous single double triple retractile
    webbed toothed
""")
PARTS = words_of("""
    antenna antennule appendage arm beak bell bristle canal carapace cell chaeta chamber chloroplast chromatophore
    cilium claw collar comb crest cuticle disc ear eye eyespot eyestalk fin finray flagellum foot fold fringe furrow
    gill girdle groove hair head hood hook horn jaw keel leg limb lobe lorica mantle manubrium membrane mouth
    mouthpart notch nucleus ocellus operculum palp plastid plate pore proboscis pseudopodium pyrenoid raphe rib ridge
    rostrum scale seta shell siphon skeleton spicule spine spot stalk statolith sucker sulcus suture tail telson
    tentacle test theca thorax tooth trunk umbilicus umbrella urosome vacuole valve wall whorl wing zooid zooecium
    abdomen aperture segment spire stigma
""")
PROTIST = words_of("""
    cell diatom dinoflagellate flagellate ciliate alga foraminiferan foraminifer radiolarian protist flagellum
    frustule chloroplast
""")
# Sentences on these speak of no form.
ELSEWHERE = words_of("depth deep water sea year ago distance wave net")
