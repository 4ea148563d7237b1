"""The rules as plain Python and as compiled are one: they pass the same tests and find the same statements."""

import json
from pathlib import Path

import pytest
from plain import run, run_plain

from benchmarks.quotes import ARTICLES
from classifier import quotes

pytestmark = pytest.mark.skipif(
    not quotes.COMPILED, reason="the rules are not compiled here; install a C compiler, then run `make -B`"
)
_EXTRACT = """
import json
import sys
from pathlib import Path
from classifier import quotes

paths = sorted(Path(sys.argv[1]).rglob("*.txt"))
found = [[said.as_dict() for said in quotes.extract(path.read_text(encoding="utf-8"))] for path in paths]
print(json.dumps([quotes.COMPILED, found]))
"""
_TEST = """
import pytest
sys.exit(pytest.main([sys.argv[1], "-p", "no:cacheprovider", *(f"--ignore={path}" for path in sys.argv[2:])]))
"""


def test_compiled_rules_find_what_plain_ones_find() -> None:
    compiled, fast = json.loads(run(_EXTRACT, str(ARTICLES)))
    plain, slow = json.loads(run_plain(_EXTRACT, str(ARTICLES)))
    assert compiled
    assert not plain
    assert len(fast) == len(list(Path(ARTICLES).rglob("*.txt"))) > 100
    assert fast == slow


def test_plain_rules_pass_the_tests_that_compiled_ones_pass() -> None:
    folder = Path(__file__).parent
    assert "[100%]" in run_plain(_TEST, str(folder), f"{folder}/test_compiled.py", f"{folder}/test_linear.py")
