"""The work on a text grows no faster than the text, whatever stands in it."""

import json
from collections.abc import Callable, Mapping

import pytest
from plain import run_plain

SMALL, LARGE = 8_000, 32_000
"""Characters of the texts that are compared."""
_COUNT = """
import json

def calls(text):
    count = 0

    def trace(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(trace)
    try:
        quotes.extract(text)
    finally:
        sys.setprofile(None)
    return count

with open(sys.argv[1], encoding="utf-8") as file:
    print(json.dumps({name: [calls(text) for text in texts] for name, texts in json.load(file).items()}))
"""

HOSTILE: dict[str, Callable[[int], str]] = {
    "prose": lambda n: 'Iran said the talks had failed. "We tried," Ana Lopez said. ' * (n // 60),
    "paragraphs": lambda n: 'Iran accused Iraq of lying.\n\n"We tried.\n\n' * (n // 42),
    "only quotation marks": lambda n: '"' * n,
    "apostrophes": lambda n: "'as' " * (n // 5),
    "opening marks": lambda n: "“a ‘b «c " * (n // 9),
    "cues": lambda n: "said " * (n // 5),
    "cues and commas": lambda n: "he said, " * (n // 9),
    "no stops": lambda n: "while the man told the woman that " * (n // 34),
    "names": lambda n: " ".join(f"Mr A{i} B{i} said he was the minister." for i in range(n // 40)),
    "descriptions": lambda n: 'A widow met his uncle, Avrom. "Never," the retired lady said.\n\n' * (n // 61),
    "named people": lambda n: "\n\n".join(
        f'Jo B{chr(97 + i % 26)}{i} rose. "No," the man{i} said.' for i in range(n // 40)
    ),
    "pronouns": lambda n: 'He asked her why. "No," she answered. I met a boy. "Yes," he said.\n\n' * (n // 68),
    "labels": lambda n: "Q: x\n" * (n // 5),
    "hyphens": lambda n: "A-" * (n // 2),
    "bidirectional marks": lambda n: '\u202e\u2066"x' * (n // 4),
    "other languages": lambda n: "他说：“你好。” قال «نعم» " * (n // 20),
    "surrogates": lambda n: '\ud800"said\udfff ' * (n // 8),
}


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[int]]:
    """Count the Python and C calls of extractions: the work, whatever the machine does besides.

    The calls of compiled rules cannot be counted; they do what the plain ones do.
    """
    path = tmp_path_factory.mktemp("hostile") / "texts.json"
    path.write_text(json.dumps({name: [make(SMALL), make(LARGE)] for name, make in HOSTILE.items()}), encoding="utf-8")
    found: dict[str, list[int]] = json.loads(run_plain(_COUNT, str(path)))
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_work_linear_in_its_length(calls: Mapping[str, list[int]], name: str) -> None:
    small, large = calls[name]
    assert small > 100
    assert large <= 4.6 * small + 500
