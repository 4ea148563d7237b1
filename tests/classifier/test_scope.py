"""What the automaton reads in plain sentences: the main act, its mood and negation, and what governs what."""

import pytest

from classifier import Classifier, scope
from classifier.lexicon import OPERATORS
from classifier.scope import BACKGROUND, MAIN, POSSIBLE, Event


def events_of(classifier: Classifier, text: str) -> list[Event]:
    return [event for event in scope.events_of(text, classifier.model.table) if OPERATORS[event.cls] != "say"]


def main_act(classifier: Classifier, text: str) -> str:
    first = next(event for event in events_of(classifier, text) if event.zone == MAIN)
    return ("not " if first.negated else "") + OPERATORS[first.cls]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The minister accused the army of kidnapping.", "accuse"),
        ("Officials said that the army had withdrawn.", "retreat"),
        ("The court did not release the activists.", "not concede"),
        ("After months of protests, the government lifted the curfew.", "concede"),
        ("Despite the attack, the sides signed a treaty.", "support"),
        ("She denied that it had threatened to invade.", "reject"),
        ("The rebels rejected calls to disarm.", "reject"),
        ("The president resigned amid protests.", "concede"),
    ],
)
def test_the_first_act_of_the_main_clause_is_found(classifier: Classifier, text: str, act: str) -> None:
    assert main_act(classifier, text) == act


def test_the_outer_act_governs_what_it_embeds(classifier: Classifier) -> None:
    outer, inner = events_of(classifier, "The minister accused the army of kidnapping")
    assert (OPERATORS[outer.governor], OPERATORS[inner.governor]) == ("", "accuse")


def test_words_after_amid_are_background(classifier: Classifier) -> None:
    zones = {OPERATORS[e.cls]: e.zone for e in events_of(classifier, "The president resigned amid protests")}
    assert zones == {"concede": MAIN, "protest": BACKGROUND}


def test_may_makes_a_possibility(classifier: Classifier) -> None:
    (event,) = events_of(classifier, "They may attack")
    assert event.mood == POSSIBLE


@pytest.mark.parametrize("ending", [", and", "; he", " but he", " while he"])
def test_a_clause_ends_the_scope(classifier: Classifier, ending: str) -> None:
    *_, last = events_of(classifier, f"He threatened the town{ending} withdrew")
    assert OPERATORS[last.cls] == "retreat"
    assert last.governor == 0


def test_passive_is_noticed(classifier: Classifier) -> None:
    (event,) = events_of(classifier, "Five activists were arrested")
    assert event.passive
