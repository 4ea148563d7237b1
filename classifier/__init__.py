"""Detente: tone, escalation, speech act and stance of diplomatic and political statements."""

from classifier.model import Classifier, Statement
from classifier.prediction import Prediction

__all__ = ["Classifier", "Prediction", "Statement"]
