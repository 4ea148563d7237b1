"""What people use today, each as its own documentation shows it."""

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import joblib
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from benchmarks.inputs import ROOT

BUILD: Final = ROOT / "build" / "benchmarks"
HEADS: Final = ("escalation", "tone", "act", "stance")
Many = Callable[[Sequence[str]], object]


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer: ``one`` scores a statement, ``many`` a batch."""

    name: str
    one: Callable[[str], object]
    many: Many


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain scikit-learn: one shared vectoriser and a logistic regression a head."""

    vectorizer: Any
    heads: dict[str, Any]

    def predict_proba(self, texts: Sequence[str]) -> dict[str, Any]:
        """Return each head's probabilities, shape ``(n, n_labels)``."""
        features = self.vectorizer.transform(texts)
        return {name: head.predict_proba(features) for name, head in self.heads.items()}


def _rows() -> list[dict[str, Any]]:
    files = sorted((ROOT / "seeds" / "statements").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def fit_plain(kind: str) -> Plain:
    """Fit plain scikit-learn to the corpus: ``kind`` is "word" (1-2 grams), or "char" (the same and char_wb 2-5)."""
    rows = _rows()
    vectorizer: Any = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    if kind == "char":
        chars = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
        vectorizer = FeatureUnion([("word", vectorizer), ("char", chars)])
    features = vectorizer.fit_transform([row["text"] for row in rows])
    heads = {}
    for head in HEADS:
        known = [i for i, row in enumerate(rows) if row.get(head) is not None]
        labels = [str(rows[i][head]) for i in known]
        # speed, not accuracy, is compared: a few iterations give weights of the same shape
        heads[head] = LogisticRegression(max_iter=20, tol=0.1).fit(features[known], labels)
    return Plain(vectorizer, heads)


def plain_path(kind: str) -> Path:
    """Return where the fitted model lies, fitting it when it is first asked for."""
    path = BUILD / f"plain-{kind}.joblib"
    if not path.is_file():
        BUILD.mkdir(parents=True, exist_ok=True)
        joblib.dump(fit_plain(kind), path)
    return path


def load_plain(kind: str) -> Plain:
    """Return plain scikit-learn, fitted."""
    found = joblib.load(plain_path(kind))
    assert isinstance(found, Plain)
    return found


def plain_peer(kind: str) -> Peer:
    """Return plain scikit-learn as a peer."""
    model = load_plain(kind)
    return Peer(
        {"word": "scikit-learn words", "char": "scikit-learn words and characters"}[kind],
        lambda text: model.predict_proba([text]),
        model.predict_proba,
    )


def vader() -> Peer:
    """Return VADER."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    score = SentimentIntensityAnalyzer().polarity_scores
    return Peer("VADER", score, lambda texts: [score(text) for text in texts])


def textblob() -> Peer:
    """Return TextBlob's pattern analyser."""
    from textblob import TextBlob

    return Peer("TextBlob", lambda text: TextBlob(text).sentiment, lambda texts: [TextBlob(t).sentiment for t in texts])


def fasttext() -> Peer:
    """Return fastText with word bigrams and one head, the acts."""
    import fasttext as library

    path = BUILD / "acts.fasttext"
    if not path.is_file():
        BUILD.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False, encoding="utf-8") as file:
            for row in _rows():
                if row.get("act"):
                    file.write(f"__label__{row['act']} {' '.join(row['text'].split())}\n")
        library.train_supervised(file.name, wordNgrams=2, epoch=5, thread=2, verbose=0).save_model(str(path))
        os.unlink(file.name)
    # the C++ object itself: the Python wrapper of 0.9.2 fails with NumPy 2
    model = library.load_model(str(path)).f

    def many(texts: Sequence[str]) -> object:
        return model.multilinePredict([" ".join(text.split()) + "\n" for text in texts], 17, 0.0, "strict")

    return Peer("fastText", lambda text: model.predict(" ".join(text.split()) + "\n", 17, 0.0, "strict"), many)


def chunked(many: Many, size: int = 1000) -> Many:
    """Return ``many`` called with ``size`` statements at a time."""

    def run(texts: Sequence[str]) -> object:
        for i in range(0, len(texts), size):
            many(texts[i : i + size])
        return None

    return run
