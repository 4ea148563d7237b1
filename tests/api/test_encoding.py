"""Answers are JSON objects, whatever stands in their texts."""

import json

from api.encoding import encode
from classifier import Classifier, Statement


def test_a_prediction_stays_an_object_beside_a_lone_surrogate(classifier: Classifier) -> None:
    found = classifier.predict_statement(Statement("We warn NATO.", id="\ud800"))
    assert json.loads(encode([found])) == [found.as_dict()]
