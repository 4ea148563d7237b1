# The C types of kernel.py, for Cython; see there.  `annotation_typing=False` keeps its Python annotations apart from these.
cimport cython
from cpython.object cimport PyObject_GenericSetAttr
from cpython.unicode cimport Py_UNICODE_ISSPACE
from libc.math cimport exp, sqrt

cdef extern from "Python.h":
    void* PyUnicode_AsUCS4(object text, unsigned int* buffer, Py_ssize_t size, int copy_null) except NULL

cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define kernel_prefetch(place) __builtin_prefetch(place)
    #else
    #define kernel_prefetch(place) ((void)(place))
    #endif
    """
    void kernel_prefetch(const void* place) noexcept

ctypedef long long integer
ctypedef unsigned long long unsigned_integer

cdef integer _UNKNOWN, _WORD, _NAME, _COMMA, _STOP, _END
cdef integer _KIND, _CLASS, _FUNCTIONS, _FORM, _VERB, _NOUN, _OBJECT, _FUNCTION, _STEM
cdef integer _NEGATION, _POSSIBLE, _CONDITION, _FUTURE, _PASSIVE, _BOUNDARY, _JOIN
cdef integer _BACKGROUND, _RELATIVE, _TO, _DETERMINER, _INTENSIFY, _WEAKEN
cdef integer _SAY, _FAIL, _BASE, _THIRD, _PAST, _PARTICIPLE, _ING, _FIXED
cdef integer _IN_MAIN, _IN_BACKGROUND, _IN_RELATIVE
cdef integer _IS_PLAIN, _IS_FUTURE, _IS_POSSIBLE, _IS_CONDITIONAL
cdef integer _AS_VERB, _AS_NOUN, _AS_ADJECTIVE
cdef double _NEGATED, _INTENSIFIED, _WEAKENED, _BOUND, _LARGEST, _TARGET_WEIGHT, _GRAIN
cdef integer _REACH, _FAMILY, _MARK, _A, _ONE
cdef integer _PLAIN, _SCOPED, _BIGRAM, _ASIDE_BIGRAM, _TARGET, _SUMMARIES, _OWN, _ACTS, _AT_COMMA
cdef integer _EACH_ACT, _NEXT_ACT, _GOVERNED_ACT, _NO_ACT, _FIRST_ACT, _LAST_ACT, _FIRST_ACTS
cdef integer _MAIN_VERB, _MAIN_STEM, _MAIN_VERBS, _OBJECT_OF_ACT, _OBJECT_OF_STEM, _OBJECT_OF_VERB, _OUTSIDE_MAIN
cdef integer _OBJECT_REACH, _NEIGHBOURS, _SURROUNDINGS, _BLOCKS, _ROW, _WIDTH, _OUTPUTS
cdef integer _CAPITAL, _ARTICLE, _PARTICLE, _PERSON, _HYPHEN, _UPPER, _LOWER, _BUSY, _ATTRIBUTIVE, _ATTRIBUTION_REACH, _NUMBER
cdef integer _NAME_CODE, _NUMBER_CODE
cdef integer _ZONE, _WITHIN, _ASIDE, _DENIED, _GOVERNOR, _GOVERNED, _ACTIVE, _NAMING
cdef integer _APOSTROPHE, _CURLY, _CURLY_OPENING, _FULL_STOP, _DASH, _QUOTE, _OPENING, _CLOSING
cdef integer _LIMIT, _LONGEST, _KEPT, _SHOUTED, _MOST_MARKS
cdef integer _SPACE, _SMALL, _BIG, _DIGIT, _ASCII, _CHARACTERS, _LOW, _D, _E, _G, _H, _I, _N, _R, _S, _T, _Y
cdef integer _COLON, _COMMA_SIGN, _PERCENT, _SLASH, _SILENT, _NO_MARK, _FIRST_OPENING, _LONGEST_CLITIC
cdef unsigned_integer _ALL_CRC, _HASH, _MULTIPLIER, _ALL, _MEMORY_LAST, _MEMORY_SHIFT


@cython.locals(look=integer)
cdef integer _look_of(str text)


@cython.final
cdef class Word:
    cdef readonly str text
    cdef readonly integer code, number, opening, look
    cdef readonly double valence
    cdef readonly tuple parts


@cython.final
cdef class Scratch:
    cdef readonly integer size, n_tokens
    cdef integer n_chunks
    cdef unsigned int[::1] characters
    cdef unsigned_integer[::1] hashes, chunk_places
    cdef integer[::1] chunk_firsts, chunk_ends
    cdef unsigned char[::1] word
    cdef readonly list words
    cdef readonly integer[::1] token_codes, numbers, openings, looks
    cdef readonly double[::1] token_values
    cdef readonly integer start, stop, n_units, n_known, n_unknown, n_asides, n_negations, n_said, n_clauses
    cdef readonly integer[::1] codes, kinds, persons, firsts, contexts, clauses
    cdef readonly double[::1] values
    cdef readonly integer n_felt
    cdef readonly integer[::1] felt_places
    cdef readonly double[::1] felt
    cdef readonly integer n_events
    cdef readonly integer[::1] places, classes, roles, states, passives
    cdef readonly integer n_keys, n_acts, n_own
    cdef readonly integer[::1] keys, key_firsts, key_lasts
    cdef readonly double[::1] own
    cdef readonly integer[::1] found, rows, blocks, block_ends, seen
    cdef readonly double[::1] lengths, sums


@cython.final
cdef class Reader:
    cdef readonly object cache
    cdef dict stepped
    cdef list free
    cdef readonly object blocks
    cdef object letters
    cdef const integer[::1] ends, codes, word_slots, openings, steps, phrase_codes
    cdef const double[::1] valences, phrase_values
    cdef integer n_openings, step_shift
    cdef unsigned_integer seed
    cdef unsigned_integer[::1] memory
    cdef const unsigned_integer[::1] crcs, special
    cdef const unsigned char[::1] letter_codes, kinds
    cdef integer[::1] records, marks
    cdef list mark_words
    cdef Word clitic
    cdef double[::1] values
    cdef integer n_chunks, n_records, longest_special

    @cython.locals(found=list, word=Word, last=Word, start=integer, n=integer)
    cpdef list words(self, str text)

    @cython.locals(entry=tuple, end=integer)
    cpdef tuple learn(self, str chunk)

    @cython.locals(entry=tuple, row=integer, low=integer, number=integer, word=Word, lowered=str)
    cdef tuple _entry(self, str text)

    @cython.locals(place=integer)
    cdef tuple _unit(self, str text, str lowered, integer row, integer low)

    @cython.locals(encoded=bytes, number=integer, slots="const long long[::1]", last=integer, place=integer, entry=integer,
                   row=integer)
    cpdef integer find(self, str text)

    @cython.locals(words=list, s=Scratch, places=list)
    cpdef Scratch read(self, text, target, bint worded=*)

    @cython.locals(s=Scratch, c=integer, n=integer, number=unsigned_integer, place=unsigned_integer, word=Word)
    cdef Scratch _scan(self, str text)

    @cython.locals(characters="unsigned int*", kinds="const unsigned char*", memory="unsigned long long*", records="integer*",
                   n=integer, end=integer, i=integer, first=integer, number=unsigned_integer, place=unsigned_integer,
                   c=integer)
    cdef object _split(self, Scratch s, str text)

    @cython.locals(place=unsigned_integer)
    cdef unsigned_integer _place(self, unsigned_integer number) noexcept

    @cython.locals(n=integer, j=integer)
    cdef void _recall(self, Scratch s, integer record) noexcept

    @cython.locals(place=unsigned_integer, kinds="const unsigned char*", word="unsigned char*", start=integer, stop=integer,
                   size=integer, seen=integer, figure=bint, cased=bint, row=integer, low=integer, found=integer,
                   code=integer, valence=double, look=integer, i=integer, j=integer, mark=integer, owner=bint)
    cdef unsigned_integer _learn_word(self, Scratch s, integer first, integer end, unsigned_integer number) noexcept

    cdef integer _mark(self, unsigned int character) noexcept

    @cython.locals(mark=integer)
    cdef bint _opens(self, unsigned int character) noexcept

    @cython.locals(i=integer, n=integer)
    cdef bint _is_special(self, unsigned_integer crc) noexcept

    @cython.locals(slots="const long long[::1]", number=integer, last=integer, place=integer, row=integer, start=integer,
                   i=integer)
    cdef integer _find_letters(self, const unsigned char* word, integer size) noexcept

    @cython.locals(row=integer, last=integer, before=integer, earlier=integer, rest=integer)
    cdef integer _find_base(self, unsigned char* word, integer size) noexcept

    @cython.locals(kept="unsigned char", row=integer)
    cdef integer _find_changed(self, unsigned char* word, integer size, integer letter) noexcept

    cdef unsigned_integer _room(self, unsigned_integer number, integer count) noexcept

    @cython.locals(words=tuple, place=unsigned_integer, j=integer, word=Word)
    cdef tuple _store(self, str chunk, unsigned_integer number)

    cdef void _record(self, integer j, Word word) noexcept

    cdef void _keep(self, unsigned_integer place, unsigned_integer number, integer count) noexcept

    @cython.locals(s=Scratch)
    cdef Scratch _take(self, integer n)

    cpdef release(self, Scratch s)

    @cython.locals(starts=list, ends=list, firsts=list, place=integer, i=integer)
    cdef list _places(self, text, target, Scratch s)


cdef integer _start(str text)

@cython.locals(word=Word, looks=integer, length=integer)
cdef bint _is_shouted(list words)

@cython.locals(first=integer, end=integer)
cdef list _within(list words, str text)

@cython.locals(looks=integer, length=integer, i=integer)
cdef bint _shouts(Scratch s) noexcept

cdef bint _is_apostrophe(unsigned int character) noexcept

cdef bint _is_space(const unsigned char* kinds, unsigned int character) noexcept

@cython.locals(seen=integer, i=integer, character="unsigned int")
cdef integer _copy(Scratch s, const unsigned char* kinds, integer first, integer size) noexcept

@cython.locals(i=integer)
cdef bint _is_word(const unsigned char* kinds, const unsigned char* word, integer size) noexcept

@cython.locals(end=integer, last=integer, before=integer, i=integer)
cdef bint _is_number(const unsigned char* kinds, const unsigned char* word, integer size) noexcept

@cython.locals(i=integer)
cdef bint _opens_with_letters(const unsigned char* kinds, const unsigned char* word, integer size) noexcept

@cython.locals(i=integer)
cdef void _lower(const unsigned char* kinds, unsigned char* word, integer size) noexcept

@cython.locals(crc=unsigned_integer, i=integer)
cdef unsigned_integer _crc(const unsigned_integer[::1] crcs, const unsigned char* word, integer size) noexcept

@cython.locals(word=Word)
cdef object _fill(Scratch s, list words)

@cython.locals(n=integer)
cdef void _put(Scratch s, Word word) noexcept

@cython.locals(place=unsigned_integer, found=unsigned_integer)
cdef integer _find(const integer[::1] slots, integer shift, unsigned_integer key) noexcept

cdef integer _step(Reader reader, unsigned_integer key) noexcept

@cython.locals(tokens="long long[::1]", token_values="double[::1]", numbers="long long[::1]",
               openings="long long[::1]", codes="long long[::1]", kinds="long long[::1]", values="double[::1]", firsts="long long[::1]",
               n=integer, i=integer, j=integer, kind=integer, before=integer, code=integer, value=double,
               last=integer, node=integer, number=integer, named=bint, compiled=bint, rest=integer, row=integer, looks="long long[::1]",
               persons="long long[::1]", words=list, look=integer, first=integer, person=integer, within=bint)
cdef void _join(Reader reader, Scratch s, integer count) noexcept

cdef integer _kind_of(integer code) noexcept

cdef integer _look(Scratch s, integer token) noexcept

cdef bint _could_name(integer code, double value, integer look, integer person) noexcept

cdef bint _may_open(integer code, double value, integer look) noexcept

@cython.locals(codes="long long[::1]", n=integer, end=integer, said=integer, i=integer, least=integer)
cdef void _spoken(Scratch s) noexcept

cdef bint _attributes(integer code) noexcept

@cython.locals(codes="long long[::1]", kinds="long long[::1]", contexts="long long[::1]", clauses="long long[::1]",
               n=integer, context=integer, kind=integer,
               passive=integer, events=integer, asides=integer, negations=integer, said=integer, mood=integer,
               code=integer, place=integer, function=integer, verb=integer, noun=integer, opened=integer, role=integer,
               cls=integer)
cdef void _scope(Scratch s) noexcept

@cython.locals(form=integer)
cdef integer _is_finite(integer code) noexcept

@cython.locals(form=integer, noun=integer, function=integer, after_function=integer, nominal=bint, thing=bint)
cdef integer _role(integer code, integer before, integer after) noexcept

@cython.locals(codes="long long[::1]", values="double[::1]", before=integer, i=integer, j=integer, k=integer, n=integer,
               value=double, places=list)
cdef void _feel(Scratch s) noexcept

cdef integer _plain_key(integer code) noexcept

@cython.locals(mark=integer)
cdef integer _scoped_key(integer code, integer context) noexcept

@cython.locals(first=integer, second=integer)
cdef integer _pair_key(integer before, integer code, integer context) noexcept

@cython.locals(codes="long long[::1]", contexts="long long[::1]", keys="long long[::1]", firsts="long long[::1]",
               lasts="long long[::1]", n=integer, i=integer, code=integer, context=integer)
cdef void _words(Scratch s) noexcept

@cython.locals(n=integer)
cdef void _add(Scratch s, integer kind, integer a, integer b, integer first, integer last) noexcept

@cython.locals(places="long long[::1]", states="long long[::1]", roles="long long[::1]", classes="long long[::1]",
               last_place=integer, last_state=integer, head=integer, second=integer, tail=integer, verb=integer,
               verb2=integer, e=integer, place=integer, state=integer, role=integer, zone=integer, governor=integer)
cdef void _operators(Scratch s) noexcept

@cython.locals(codes="long long[::1]", kinds="long long[::1]", seeking=integer, e=integer, role=integer, place=integer,
               state=integer, zone=integer, outside=integer, obj=integer, j=integer)
cdef void _objects(Scratch s) noexcept

cdef double _bounded(double total) noexcept

cdef void _feeling(Scratch s) noexcept

@cython.locals(positive=double, negative=double, last=double, highest=double, lowest=double, i=integer, total=double)
cdef void _summarise(double[::1] felt, integer n, double[::1] own) noexcept

@cython.locals(first=integer, last=integer, place=integer, covered=frozenset, before=integer, after=integer,
               i=integer, context=integer, governor=integer, denied=integer, mark=integer)
cdef object _target(Scratch s, list places)

@cython.locals(codes="long long[::1]", end=integer, d=integer, i=integer)
cdef void _target_neighbours(Scratch s, integer first, integer last) noexcept

@cython.locals(start=integer, c=integer)
cdef integer _clause_start(Scratch s, integer place) noexcept

@cython.locals(c=integer)
cdef integer _clause_end(Scratch s, integer place) noexcept

@cython.locals(places="long long[::1]", states="long long[::1]", roles="long long[::1]", classes="long long[::1]",
               earlier=integer, later=integer, does=integer, suffers=integer, e=integer, telling=bint, begin=integer, end=integer,
               place=integer, state=integer, same=integer, before=integer, after=integer)
cdef void _target_acts(Scratch s, integer first, integer last) noexcept

@cython.locals(begin=integer, end=integer, j=integer, before=double, after=double, inside=double,
               whole=double, near=double, clause=double, nearer=double, nearest=double, following=double,
               n_after=integer, i=integer, value=double)
cdef void _target_feeling(Scratch s, integer first, integer last) noexcept


@cython.final
cdef class Weigher:
    cdef const integer[::1] slots, starts, block_of_family, own_rows
    cdef const float[::1] table
    cdef const double[::1] intercepts
    cdef integer shift
    cdef readonly list labels
    cdef readonly bint worded
    cdef readonly object arrays, single

    cpdef integer row(self, unsigned_integer key)
    cpdef score(self, Scratch s)


@cython.locals(keys="long long[::1]", found="long long[::1]", blocks="long long[::1]", ends="long long[::1]",
               seen="long long[::1]", slots="const integer*", table="const float*", n=integer, room=integer, i=integer,
               row=integer, place=integer, start=integer)
cdef void _distinct(Weigher model, Scratch s) noexcept

@cython.locals(sums="double[::1]", lengths="double[::1]", table="const float*", row="const float*", half=integer,
               first=integer, b=integer, i=integer, j=integer, start=integer, end=integer, place=integer, value=double)
cdef void _sum(Weigher model, Scratch s) noexcept

@cython.locals(sums="double[::1]", h=integer, j=integer, first=integer, end=integer, total=double)
cdef void _normalise(Weigher model, Scratch s) noexcept

@cython.locals(known=integer, unknown=integer, i=integer, kind=integer)
cdef void _count(Scratch s) noexcept

@cython.locals(s=Scratch)
cpdef tuple score(Reader reader, Weigher model, text, target)

@cython.locals(i=Py_ssize_t)
cpdef list score_many(Reader reader, Weigher model, texts, targets)

@cython.locals(found=list, h=integer, j=integer, label=str, probabilities=dict, best=str, largest=double,
               probability=double)
cdef list _heads(Weigher model, double[::1] sums, target)

@cython.locals(i=Py_ssize_t)
cpdef frozen(kind, tuple fields, tuple values)

@cython.locals(i=integer, j=integer, s=Scratch)
cpdef score_into(Reader reader, Weigher model, list texts, list targets, double[:, ::1] probabilities,
                 integer[:, ::1] counts)
