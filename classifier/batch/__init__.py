"""Scoring files: one pure core from record batches to record batches, and what surrounds it on one machine.

The rooms: ``core`` (record batches -> record batches; Spark runs it too), ``work`` (a chunk of input -> a chunk of
output, in a worker), ``pool`` (workers, in this process or others), ``journal`` (what is done already), ``runner`` (a
whole run, the manifest), ``watch`` (what a person or a log sees of it).
"""

from classifier.batch.core import schema_of, score_batches
from classifier.batch.runner import Job, Outcome, run

__all__ = ["Job", "Outcome", "run", "schema_of", "score_batches"]
