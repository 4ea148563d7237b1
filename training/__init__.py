"""Training: the labelled corpus in, a calibrated and evaluated model out."""
