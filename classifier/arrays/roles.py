"""Whether operators stand as verb, noun or participle before their noun: the twin of the kernel's ``_role``."""

import numpy as np

from classifier import scope, units
from classifier.arrays.flags import Codes, Mask
from classifier.lexicon import FORMS

_BASE, _PAST, _PARTICIPLE = FORMS.index("base"), FORMS.index("past"), FORMS.index("participle")
_ING, _FIXED = FORMS.index("ing"), FORMS.index("fixed")
_DETERMINER = units.BIT["determiner"] << units.FUNCTION_SHIFT
_TO = units.BIT["to"] << units.FUNCTION_SHIFT
_VERBAL = sum(units.BIT[name] for name in ("to", "future", "possible", "negation", "relative")) << units.FUNCTION_SHIFT
_FUNCTION = units.FUNCTION_BITS << units.FUNCTION_SHIFT
_VERB = units.CLASS_BITS << units.VERB_SHIFT
_NOUN = units.CLASS_BITS << units.NOUN_SHIFT
_THING = units.CLASS_BITS << units.OBJECT_SHIFT | _NOUN


def _has(codes: Codes, bits: int) -> Mask:
    return np.asarray(codes & bits != 0)


def roles_of(codes: Codes, before: Codes, after: Codes) -> Codes:
    """Return the roles of operators, shape ``(n,)``; ``before`` and ``after`` are the units beside them."""
    form = codes >> units.FORM_SHIFT & units.KIND_BITS
    nominal = _has(before, _DETERMINER) & ~_has(before, _TO)
    past = (form == _PAST) | (form == _PARTICIPLE)
    thing = _has(after, _THING) | (after & units.KIND_BITS == units.UNKNOWN)
    adjective = nominal & thing & ~_has(after, _FUNCTION)
    subject = before & units.KIND_BITS == units.NAME
    acts = subject & ((after & units.KIND_BITS == units.NAME) | _has(after, _DETERMINER)) & (form != _BASE)
    # the last word has what is asked first
    roles = np.full(len(codes), scope.NOUN)
    roles[(_has(before, _VERBAL) & ~nominal) | acts] = scope.VERB
    ing = form == _ING
    roles[ing] = np.where(nominal[ing], scope.NOUN, scope.VERB)
    roles[past | ~_has(codes, _NOUN)] = scope.VERB
    roles[past & adjective] = scope.ADJECTIVE
    roles[form == _FIXED] = scope.VERB
    roles[~_has(codes, _VERB)] = scope.NOUN
    return roles
