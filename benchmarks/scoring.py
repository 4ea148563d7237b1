"""Single statements and batches in one process on one core, beside the peers."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from benchmarks.inputs import development_texts, invented
from benchmarks.measure import Case, interleaved
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


def _ratios(found: Mapping[str, float], floors: Floors, unit: str) -> Iterator[Figure]:
    """Yield what each peer took, and how many times faster we are."""
    for name, value in found.items():
        yield Figure(name, 1e6 / value, unit)
    for name, value in found.items():
        if name.startswith("Detente"):
            for peer, spent in found.items():
                if not peer.startswith("Detente"):
                    yield Figure(f"{name} : {peer}", spent / value, "times", floors.get(name, {}).get(peer))


class _Cold:
    """New statements of invented words for every round, the same for all."""

    def __init__(self, count: int) -> None:
        self.source = invented(7)
        self.count = count
        self.texts: list[str] = []

    def renew(self) -> None:
        """Take the next statements."""
        self.texts = [next(self.source) for _ in range(self.count)]


def single(rounds: int, tell: Callable[[str], None]) -> tuple[Part]:
    """Measure one statement a call; a prediction holds every head, made."""
    texts = development_texts()[:SINGLES]
    peers = {name: peer for name, peer in {**_ours(), **_peers()}.items() if not name.endswith("objects")}
    cases = {name: Case(_each(peer, texts), SINGLES) for name, peer in peers.items()}
    found = interleaved(cases, rounds, tell)
    return (Part("One statement a call, one core", list(_ratios(found, SINGLE_FLOORS, "statements/s"))),)


def _each(peer: Peer, texts: Sequence[str]) -> Callable[[], object]:
    def run() -> None:
        for text in texts:
            peer.one(text)

    return run


def batch(rounds: int, tell: Callable[[str], None]) -> tuple[Part, Part]:
    """Measure batches of 1,000: real texts seen before (warm), and words never seen before (cold)."""
    texts = development_texts()[:BATCH]
    peers = {**_ours(), **_peers()}
    warm = {name: _warm(peer, texts[: SLOW.get(name, BATCH)]) for name, peer in peers.items()}
    found = interleaved(warm, rounds, tell)
    cold_texts = _Cold(BATCH)
    cold = {name: _cold(peer, cold_texts) for name, peer in peers.items() if name != "TextBlob"}
    first = next(iter(cold))
    cold[first] = Case(cold[first].run, BATCH, cold_texts.renew)
    found_cold = interleaved(cold, rounds, tell)
    return (
        Part("Batches of 1,000, one core, real texts", list(_ratios(found, WARM_FLOORS, "statements/s"))),
        Part("Batches of 1,000, one core, invented words", list(_ratios(found_cold, COLD_FLOORS, "statements/s"))),
    )


def _warm(peer: Peer, texts: Sequence[str]) -> Case:
    many = chunked(peer.many)
    return Case(lambda: many(texts), len(texts))


def _cold(peer: Peer, source: _Cold) -> Case:
    many = chunked(peer.many)
    return Case(lambda: many(source.texts), source.count)


def _peers() -> dict[str, Peer]:
    found = [plain_peer("word"), plain_peer("char"), vader(), textblob(), fasttext()]
    return {peer.name: peer for peer in found}
