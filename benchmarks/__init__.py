"""Programs that measure: speed beside the peers, development figures, quote attribution, files and load."""
