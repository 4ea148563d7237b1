"""Files of statements: what they are, reading them in chunks, and writing what was scored.

The rooms, in the order in which a row passes them: ``formats`` (what a name says of a file), ``sources`` (paths,
globs, folders, remote places, compression), ``lines`` (bounded lines and CSV records), ``chunks`` (pieces of input,
read by the runner), ``rows`` and ``readers`` (a chunk's rows, read by a worker; ``articles``: their statements),
``values`` (other columns), ``render`` (rows and scores -> bytes), ``stitch`` (staged flat columns -> one CSV or Parquet
file).
"""
