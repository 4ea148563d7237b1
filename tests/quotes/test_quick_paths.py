"""What is found on a quick path is what the patterns and tokens find that it spares."""

from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.actors import find_actors, read_gazetteer
from classifier.quotes import chunks, openings, runs

_LETTERS = "AaBbÉé’'-_.,(\u00a0 12vande\n—"
_NAMES = sorted(read_gazetteer())
_AFTER = [" ", "-", ". ", ", ", "'s ", "’s ", " — ", "--", " - ", "\n", "n't ", "\u00a0", '"', ".", " ("]


@settings(deadline=None)
@given(st.text(_LETTERS), st.integers(0, 3))
def test_runs_are_those_of_the_pattern(text: str, start: int) -> None:
    found = [run.span() for run in runs.find_runs(text, min(start, len(text)), len(text))]
    assert found == [run.span() for run in runs._RUN.finditer(text, min(start, len(text)))]


@settings(deadline=None)
@given(st.text("aA1é²", min_size=1), st.sampled_from(["", *",;:?!.%"]))
def test_plain_chunks_have_the_words_of_the_pattern(word: str, mark: str) -> None:
    words = []
    found = chunks.first_word(" ", word + mark, " ")
    while found is not None:
        words.append((found.word, found.first, found.last))
        found = found.following
    pattern = chunks._WORD.finditer(f" {word}{mark} ")
    assert words == [(match.group(), match.start() - 1, match.end() - 1) for match in pattern]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(_NAMES), st.sampled_from([str, str.title, str.upper]), st.sampled_from(_AFTER)))
)
def test_an_actor_at_a_word_is_the_one_that_tokens_find(names: list[tuple[tuple[str, ...], type[str], str]]) -> None:
    text = "".join(case(" ".join(words)) + after for words, case, after in names)
    found = find_actors(text)
    first = next((place for place, letter in enumerate(text) if not letter.isalnum()), len(text))
    actor = openings.read_names().at(text, 0, first, len(text)) if first else None
    wanted = (found[0].code, 0, found[0].end) if found and found[0].start == 0 else None
    assert (actor and (actor.code, actor.start, actor.end)) == wanted
