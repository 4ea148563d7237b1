"""What tests of reading are made of: any text, and texts of what scope, names and phrases hang on."""

from hypothesis import strategies as st

ANY_TEXT = st.text(alphabet=st.characters(), max_size=200)
PARTS = [
    *("Russia", "NATO", "US", "us", "the", "The", "van", "Rice", "minister", "accused", "accused of", "called for"),
    *("not", "may", "attack", "attacks", "withdrew", "United", "States", "nations", "prime", ",", ".", "-", "--", "—"),
    *("“", "”", "'s", "don't", "U.S.", "1,500", "3rd", "said", "officials", "Monday", "which", "after", "GENEVA", "\n"),
    *("(Reuters)", "good", "terrible", "very", "ſ", "İ", "Ⓐ", "½", "中文", "\x00-\x00", "-\x1f"),
]
SENTENCES = st.lists(st.sampled_from(PARTS), max_size=30).map(" ".join)
