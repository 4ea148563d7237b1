"""What anyone would write first: json, TF-IDF of words, four logistic regressions; the file benchmark's yardstick.

usage: plain_script.py IN.jsonl OUT.jsonl; the seconds of its fitting are written to OUT.jsonl.fit.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

CHUNK = 1000


def fit() -> tuple[TfidfVectorizer, dict[str, LogisticRegression]]:
    """Fit on the corpus: one vectoriser, a regression a head."""
    files = sorted((Path(__file__).parents[1] / "seeds" / "statements").glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    features = vectorizer.fit_transform([row["text"] for row in rows])
    heads = {}
    for head in ("escalation", "tone", "act", "stance"):
        known = [i for i, row in enumerate(rows) if row.get(head) is not None]
        labels = [str(rows[i][head]) for i in known]
        heads[head] = LogisticRegression(max_iter=30, tol=0.1).fit(features[known], labels)
    return vectorizer, heads


def score(rows: list[dict[str, Any]], vectorizer: TfidfVectorizer, heads: dict[str, LogisticRegression]) -> list[str]:
    """Return a line of JSON a row."""
    features = vectorizer.transform([row["text"] for row in rows])
    for head, model in heads.items():
        labels = model.classes_.tolist()
        for row, values in zip(rows, model.predict_proba(features).tolist(), strict=True):
            row[head] = {
                "label": labels[values.index(max(values))],
                "probabilities": dict(zip(labels, values, strict=True)),
            }
    return [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]


def main() -> None:
    """Fit, then score a file in chunks."""
    source, output = Path(sys.argv[1]), Path(sys.argv[2])
    started = time.perf_counter()
    vectorizer, heads = fit()
    Path(f"{output}.fit").write_text(str(time.perf_counter() - started))
    with source.open(encoding="utf-8") as lines, output.open("w", encoding="utf-8") as out:
        chunk: list[dict[str, Any]] = []
        for line in lines:
            chunk.append(json.loads(line))
            if len(chunk) == CHUNK:
                out.writelines(score(chunk, vectorizer, heads))
                chunk = []
        out.writelines(score(chunk, vectorizer, heads) if chunk else [])


if __name__ == "__main__":
    main()
