"""Single statements and batches in one process on one core, beside the peers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import cycle, islice

from benchmarks.inputs import development_texts, invented
from benchmarks.measure import TURNS, Case, Rounds, interleaved
from benchmarks.ours import kinds
from benchmarks.peers import Peer, chunked, fasttext, plain_peer, textblob, vader
from benchmarks.results import Figure, Part

SINGLES = 300
BATCH = 4000
SLOW = {"TextBlob": 500, "scikit-learn words": SINGLES}
"""How many statements the slow peers are given a round."""

Floors = Mapping[str, Mapping[str, float]]
SINGLE_FLOORS: Floors = {
    "Detente, compiled": {"scikit-learn words": 80, "VADER": 6},
    "Detente, plain Python": {"scikit-learn words": 15, "VADER": 1.5},
}
WARM_FLOORS: Floors = {
    "Detente, compiled": {"scikit-learn words": 5, "VADER": 6, "fastText": 1.5},
    "Detente, plain Python": {"scikit-learn words": 2, "VADER": 2.5},
}
COLD_FLOORS: Floors = {
    "Detente, compiled": {"scikit-learn words": 3},
    "Detente, plain Python": {"scikit-learn words": 1.2},
}


def _ours() -> dict[str, Peer]:
    found: dict[str, Peer] = {}
    for name, kind in kinds().items():
        model = kind.load()
        found[name] = Peer(name, model.predict, model.score_arrays)
        found[f"{name}, objects"] = Peer(f"{name}, objects", model.predict, model.predict_many)
    return found


def _ratios(found: Rounds, floors: Floors, unit: str) -> Iterator[Figure]:
    """Yield what each peer took, and how many times faster we are."""
    for name, value in found.medians().items():
        yield Figure(name, 1e6 / value, unit)
    for name in found.spent:
        if name.startswith("Detente"):
            for peer in found.spent:
                if not peer.startswith("Detente"):
                    floor = floors.get(name, {}).get(peer)
                    yield Figure(f"{name} : {peer}", found.times(name, peer), "times", floor)


class _Fresh:
    """New statements for every round, the same for all."""

    def __init__(self, source: Iterator[str], count: int) -> None:
        self.source = source
        self.count = count
        self.texts: list[str] = []

    def renew(self) -> None:
        """Take the next statements."""
        self.texts = [*islice(self.source, self.count)]


def single(rounds: int, tell: Callable[[str], None]) -> tuple[Part, Part]:
    """Measure one statement a call: the same ones in every round, and others in each.

    A prediction holds every head, made.
    """
    texts = [*dict.fromkeys(development_texts())]
    peers = {name: peer for name, peer in {**_ours(), **_peers()}.items() if not name.endswith("objects")}
    same = {name: _again(peer, texts[:SINGLES]) for name, peer in peers.items()}
    found = interleaved(same, rounds, tell, TURNS)
    # many rounds share out what there is, so that none reads a statement of another; one round is not counted
    count = min(SINGLES, (len(texts) - SINGLES) // (rounds + 1))
    fresh = _Fresh(iter(texts[SINGLES:]), count)
    others = {name: Case(_each(peer, lambda: fresh.texts), count) for name, peer in peers.items()}
    found_others = interleaved(_renewed(others, fresh), rounds, tell)
    return (
        Part("One statement a call, one core", list(_ratios(found, SINGLE_FLOORS, "statements/s"))),
        Part("One statement a call, one core, never seen before", list(_ratios(found_others, {}, "statements/s"))),
    )


def _renewed(cases: dict[str, Case], fresh: _Fresh) -> dict[str, Case]:
    """Return the cases, the first of which takes new statements before each round."""
    first = next(iter(cases))
    return {**cases, first: replace(cases[first], prepare=fresh.renew)}


def _again(peer: Peer, texts: Sequence[str]) -> Case:
    """Return a turn at the same statements: all of them, and for scikit-learn, which is slow, all once in a round."""
    if not peer.name.startswith("scikit-learn"):
        return Case(_each(peer, lambda: texts), len(texts))
    parts = cycle([texts[i::TURNS] for i in range(TURNS)])
    return Case(_each(peer, lambda: next(parts)), len(texts) // TURNS)


def _each(peer: Peer, texts: Callable[[], Sequence[str]]) -> Callable[[], object]:
    def run() -> None:
        for text in texts():
            peer.one(text)

    return run


def batch(rounds: int, tell: Callable[[str], None]) -> tuple[Part, Part]:
    """Measure batches of 1,000: real texts seen before (warm), and words never seen before (cold)."""
    texts = development_texts()[:BATCH]
    peers = {**_ours(), **_peers()}
    warm = {name: _warm(peer, texts[: SLOW.get(name, BATCH)]) for name, peer in peers.items()}
    found = interleaved(warm, rounds, tell)
    fresh = _Fresh(invented(7), BATCH)
    cold = {name: _cold(peer, fresh) for name, peer in peers.items() if name != "TextBlob"}
    found_cold = interleaved(_renewed(cold, fresh), rounds, tell)
    return (
        Part("Batches of 1,000, one core, real texts", list(_ratios(found, WARM_FLOORS, "statements/s"))),
        Part("Batches of 1,000, one core, invented words", list(_ratios(found_cold, COLD_FLOORS, "statements/s"))),
    )


def _warm(peer: Peer, texts: Sequence[str]) -> Case:
    many = chunked(peer.many)
    return Case(lambda: many(texts), len(texts))


def _cold(peer: Peer, source: _Fresh) -> Case:
    many = chunked(peer.many)
    return Case(lambda: many(source.texts), source.count)


def _peers() -> dict[str, Peer]:
    # the quick ones first, near to ours in time
    found = [vader(), fasttext(), textblob(), plain_peer("word"), plain_peer("char")]
    return {peer.name: peer for peer in found}
