"""Each kind of behaviour reaches its floor."""

import pytest

from classifier import Classifier

from .checks import KINDS, Kind, Result, failures


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name.replace(" ", "_"))
def test_the_share_of_each_kind_reaches_its_floor(kind: Kind, classifier: Classifier, results: list[Result]) -> None:
    result = kind.run(classifier)
    results.append(result)
    assert result.share >= result.floor, failures(result)
