"""Closed classes of English that the rules of this package read by, from ``data/speech.tsv``; all in lower case."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from classifier.quotes.given import MORE_MEN, MORE_WOMEN


def _read() -> Mapping[str, frozenset[str]]:
    text = files("classifier").joinpath("data", "speech.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {name: frozenset(words.split(" ")) for name, words in rows}


_CLASSES: Final = _read()

PRONOUNS: Final = _CLASSES["pronoun"]
OBJECT_PRONOUNS: Final = {"him": "he", "her": "she", "them": "they", "me": "i", "us": "we"}
INDEFINITE: Final = _CLASSES["indefinite"]
POSSESSIVES: Final = _CLASSES["possessive"]
DETERMINERS: Final = _CLASSES["determiner"] | POSSESSIVES
PREPOSITIONS: Final = _CLASSES["preposition"]
SUBORDINATORS: Final = _CLASSES["subordinator"]
CONJUNCTIONS: Final = frozenset({"and", "but", "or", "yet", "so", "nor"})
RELATIVES: Final = frozenset({"which", "who", "whom", "whose", "where", "that"})
QUESTION_WORDS: Final = frozenset({"if", "whether", "when", "where", "why", "who", "what", "which", "how"})

BE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being", "am", "'s", "'re"})
HAVE: Final = frozenset({"has", "have", "had", "having", "'ve"})
MODALS: Final = frozenset(
    {"would", "could", "might", "may", "should", "must", "will", "shall", "can", "cannot", "to", "'d", "'ll"}
)
NEGATIONS: Final = frozenset({"not", "never", "neither", "nor", "nobody", "hardly"})
AUXILIARIES: Final = BE | HAVE | MODALS | NEGATIONS | {"do", "does", "did"}
IRREGULAR: Final = _CLASSES["irregular"]
ADVERBS: Final = _CLASSES["adverb"]
PLEASED: Final = _CLASSES["pleased"]
ALSO_NOUNS: Final = _CLASSES["also-noun"]
ALSO_PASSIVE: Final = _CLASSES["also-passive"]
PLURALS: Final = _CLASSES["plural"]
NOT_SAID: Final = _CLASSES["not-said"]
VEHICLES: Final = _CLASSES["vehicle"]
NAMING: Final = _CLASSES["naming"]

DAYS: Final = _CLASSES["day"]
MONTHS: Final = _CLASSES["month"]
TIMES: Final = _CLASSES["time"] | DAYS | MONTHS
BEFORE_TIMES: Final = frozenset({"last", "this", "next", "earlier", "late", "early", "later", "the"})
INDEFINITE_TIMES: Final = BEFORE_TIMES - {"the"}

TITLES: Final = _CLASSES["title"]
PARTICLES: Final = _CLASSES["particle"]
FEMININE: Final = _CLASSES["feminine"]
MASCULINE: Final = _CLASSES["masculine"]
_MORE_PERSONS: Final = """
barmaid bloke boffin bride bridesmaid bro buyer cabbie chambermaid choirmaster conductor cook cop copper counterpart
critic diner elder eldest ex exec farmhand gaffer grandad granddad groom guru guy hubby kid lad lass maid mate missus
notary oldest pal paratrooper punter sis snapper soprano stepdad stepfather stepmother stepmum teen teenager
toddler warder youngest
"""
FIELDS: Final = frozenset({"affairs", "defence", "defense", "finance", "interior", "transport", "economy", "energy"})
"""What ministers are for, where a name may follow: "Minister for Economic Affairs Ana Lopez"."""
_KIN: Final = """
granddaughter grandson mother father mum mom dad wife husband sister brother son daughter aunt uncle niece nephew
grandmother grandfather gran grandma grandpa granny nan girlfriend boyfriend
"""
KIN: Final = frozenset(_KIN.split())
"""Nouns for somebody's family."""
PERSONS: Final = _CLASSES["person"] | FEMININE | MASCULINE | frozenset(_MORE_PERSONS.split())
BODIES: Final = _CLASSES["body"]
ROLES: Final = PERSONS | TITLES | {"foreign", "defence", "defense", "prime", "deputy", "vice"}
DOCUMENTS: Final = _CLASSES["document"]
FURNITURE: Final = _CLASSES["furniture"]
OUTLET_NAMES: Final = _CLASSES["outlet-name"]
OUTLET_NOUNS: Final = _CLASSES["outlet-noun"]

WOMEN: Final = _CLASSES["given-female"] | MORE_WOMEN
MEN: Final = _CLASSES["given-male"] | MORE_MEN
GIVEN: Final = WOMEN | MEN
POST_NOMINALS: Final = _CLASSES["post-nominal"]
OFFICES: Final = _CLASSES["office"]
PLACE_WORDS: Final = _CLASSES["place-word"]
THINGS: Final = _CLASSES["thing"]
PAIRS: Final = _CLASSES["pair"]
FIRMS: Final = _CLASSES["firm"]
