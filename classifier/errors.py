"""What can go wrong, as classes.

::

    DetenteError                 anything this project raises on purpose
    ├── InputError               a statement or file that cannot be scored
    │   ├── TextError            the text itself: not a string, too long
    │   ├── TargetError          a target that does not occur in the text
    │   ├── TableError           a file that cannot be read or lacks a column
    │   └── LabelError           a labelled row with a wrong value
    └── ModelError               a model that cannot be used
        ├── ModelNotFoundError   nothing at the path
        ├── ModelVersionError    written in another format
        └── ModelDamagedError    files missing, changed or cut short

Every message says what was expected, what was found and what to do.  Exit codes and HTTP answers are chosen by
class, in one place each (``classifier/cli.py`` and ``api/errors.py``).
"""


class DetenteError(Exception):
    """Base of every error raised on purpose."""


class InputError(DetenteError):
    """A statement or file that cannot be scored."""


class TextError(InputError):
    """The text itself cannot be scored."""


class TargetError(InputError):
    """The target does not occur in the text."""


class TableError(InputError):
    """A file cannot be read, written or lacks a column."""


class LabelError(InputError):
    """A labelled row holds a value the codebook does not know."""


class ModelError(DetenteError):
    """A model cannot be used."""


class ModelNotFoundError(ModelError):
    """There is no model at the path."""


class ModelVersionError(ModelError):
    """The model was written in another format."""


class ModelDamagedError(ModelError):
    """Files of the model are missing, changed or cut short."""
