"""What the model must do, by kind: minimum functionality, directional pairs, invariance, and what it must not know.

``python -m tests.behaviour`` prints the share of each kind and the cases that fail.
"""
