import pytest

from classifier.actors import Mention, find_actors, opening_actor, read_gazetteer
from classifier.lexicon import FUNCTIONS, OBJECTS, OPERATORS, inflect, plural, read_lexicon


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("accuse", {"accuse", "accuses", "accused", "accusing"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("withdraw", {"withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"}),
        ("ban", {"ban", "bans", "banned", "banning"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
    ],
)
def test_verbs_are_inflected(verb: str, forms: set[str]) -> None:
    assert {word for _, word in inflect(verb)} == forms


@pytest.mark.parametrize(
    ("one", "many"), [("embassy", "embassies"), ("breach", "breaches"), ("man", "men"), ("visit", "visits")]
)
def test_nouns_have_their_plural(one: str, many: str) -> None:
    assert plural(one) == many


def test_phrases_are_operators_in_every_form() -> None:
    lexicon = read_lexicon()
    for words in (("called", "for"), ("ruled", "out"), ("stepping", "down")):
        assert lexicon[words].verb > 0


def test_every_number_is_within_its_scale() -> None:
    for entry in read_lexicon().values():
        assert entry.verb < len(OPERATORS)
        assert entry.noun < len(OPERATORS)
        assert entry.obj < len(OBJECTS)
        assert entry.function < 1 << len(FUNCTIONS)


def test_every_state_has_an_alpha_3_code() -> None:
    codes = set(read_gazetteer().values())
    assert {"USA", "RUS", "CHN", "UNO", "NATO", "EU", "PSE", "XKX"} <= codes
    assert len(codes) > 250


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The US told us nothing.", ["USA"]),
        ("North Korean troops left the UN Security Council's hall", ["PRK", "UNO"]),
        ("Who is it? The WHO.", ["WHO"]),
        ("talks between moscow and kyiv", ["RUS", "UKR"]),
        ("He lives in the United", []),
    ],
)
def test_actors_are_coded_longest_name_first(text: str, codes: list[str]) -> None:
    assert [mention.code for mention in find_actors(text)] == codes


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("UN Security Council members met in Moscow", Mention("UNO", 0, 19)),
        ("WHO and us", Mention("WHO", 0, 3)),
        ("who went to Kyiv", None),
        (" Moscow", None),
        ("", None),
    ],
)
def test_an_actor_opens_a_text_only_at_its_first_character(text: str, opening: Mention | None) -> None:
    assert opening_actor(text) == opening
