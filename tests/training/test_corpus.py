"""Reading labelled data: every bad row is named by file, line and field, and the corpus itself is sound."""

import json
import re
from pathlib import Path

import pytest

from classifier.errors import LabelError, TableError
from training.corpus import read_corpus, read_foreign, read_jsonl
from training.coverage import coverage_of, shortfalls

ROOT = Path(__file__).parents[2]
GOOD = {"text": "Chile signed the treaty.", "act": "support", "escalation": -1, "tone": "neutral"}


def write(folder: Path, *lines: str | dict[str, object]) -> Path:
    path = folder / "statements" / "x.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return folder


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"act": "attack"}, r"field 'act': expected one of agree, .* found 'attack'"),
        ({"escalation": 4}, r"field 'escalation': expected one of -2, .* found 4"),
        ({"escalation": "1"}, r"field 'escalation': .* found '1'"),
        ({"escalation": True}, r"field 'escalation': .* found True"),
        ({"tone": "bad"}, r"field 'tone': expected one of negative, neutral, positive or null, found 'bad'"),
        ({"stance": "for", "target": "Chile"}, r"field 'stance': expected one of favor, .* found 'for'"),
        ({"stance": "favor"}, r"field 'stance': expected a stance where there is a target and only there"),
        ({"target": "Peru", "stance": "favor"}, r"field 'target': expected words that occur in the text, found 'Peru'"),
        ({"text": " "}, r"field 'text': expected the statement's words, found ' '"),
        ({"text": None}, r"field 'text': expected the statement's words, found None"),
        ({"act": None, "escalation": None, "tone": None}, r"field 'act': expected at least one of"),
    ],
)
def test_a_bad_row_is_named_by_file_line_and_field(tmp_path: Path, change: dict[str, object], message: str) -> None:
    with pytest.raises(LabelError, match=rf"x\.jsonl:2: {message}"):
        read_corpus(write(tmp_path, GOOD, {**GOOD, **change}))


@pytest.mark.parametrize(
    ("line", "found"), [("{", "Expecting property name"), ("[1]", "list"), ("nonsense", "Expecting value")]
)
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: str, found: str) -> None:
    with pytest.raises(LabelError, match=rf"x\.jsonl:1: field 'line': expected a JSON object, found {found}"):
        read_corpus(write(tmp_path, line))


def test_good_rows_are_kept_beside_bad_ones(tmp_path: Path) -> None:
    folder = write(tmp_path, GOOD, "{", {**GOOD, "tone": "x"}, GOOD)
    rows, problems = read_jsonl(folder / "statements" / "x.jsonl")
    assert len(rows) == 2
    assert [problem.line for problem in problems] == [2, 3]


def test_many_bad_rows_are_counted(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=r"30 problem\(s\) .*\n(.*\n)+… and 10 more"):
        read_corpus(write(tmp_path, *["{"] * 30))


def test_an_id_may_occur_once(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="expected each id once, found 'a' in x and in x"):
        read_corpus(write(tmp_path, {**GOOD, "id": "a"}, {**GOOD, "id": "a"}))


def test_an_empty_folder_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"expected labelled statements in .*statements/\*\.jsonl, found none"):
        read_corpus(tmp_path)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"text": "caf\xe9"}')
    with pytest.raises(TableError, match=r"expected UTF-8 JSONL in .*x\.jsonl, found .*; save the file as UTF-8"):
        read_jsonl(path)


def test_the_corpus_is_valid_and_above_its_floors() -> None:
    assert shortfalls(coverage_of(read_corpus(ROOT / "seeds"))) == []


def grams(text: str, n: int) -> set[str]:
    words = re.findall(r"[a-z0-9']+", text.lower())
    return {" ".join(words[i : i + n]) for i in range(len(words) - n + 1)}


def test_no_seed_shares_ten_words_in_a_row_with_a_development_text(dev: Path) -> None:
    known: set[str] = set()
    for path in dev.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            known |= grams(json.loads(line)["text"], 10)
    shared = [row.id for row in read_corpus(ROOT / "seeds") if grams(row.text, 10) & known]
    assert shared == []


KNOWN_PEOPLE = frozenset(
    re.findall(
        r"\w+",
        """
        Adenauer Ahmadinejad Aliyev Allende Arafat Assad Berlusconi Biden Blair Blinken Bolsonaro
        Boutros Brezhnev Castro Ceausescu Chávez Chavez Chirac Churchill Clinton Dalai Duterte
        Eisenhower Erdogan Erdoğan Gaddafi Gandhi Gorbachev Guterres Hammarskjöld Hitler Hollande
        Honecker Jinping Kagame Kenyatta Khamenei Khomeini Khrushchev Kissinger Lavrov Lukashenko Lula
        Lumumba Macron Maduro Mandela Mao Medvedev Merkel Milosevic Mitterrand Mobutu Modi Mosaddegh
        Mubarak Mugabe Museveni Mussolini Nasrallah Nasser Navalny Nehru Netanyahu Nixon Nkrumah Noriega
        Obama Orban Orbán Pashinyan Pinochet Poroshenko Prigozhin Putin Rabin Ramaphosa Reagan Rouhani
        Rumsfeld Saakashvili Sadat Saddam Sarkozy Scholz Selassie Sinwar Soleimani Stalin Starmer
        Stoltenberg Suharto Sukarno Sunak Thatcher Tito Trudeau Truman Trump Tymoshenko Walesa
        Yanukovych Yeltsin Zelensky Zelenskyy Zuma
        """,
    )
)
"""Names of public life that are hardly anything else; the plans and places named after people are not among them."""


def test_no_text_of_the_corpus_names_a_known_person() -> None:
    texts = {row.id: row.text for row in read_corpus(ROOT / "seeds")}
    texts |= {f"foreign {i}": text for i, text in enumerate(read_foreign(ROOT / "seeds"))}
    found = [
        key for key, text in texts.items() if KNOWN_PEOPLE & set(re.findall(r"[^\W\d_]+", text)) or "Pol Pot" in text
    ]
    assert found == []


def test_no_two_statements_outside_a_contrast_group_are_near_duplicates() -> None:
    holders: dict[str, list[int]] = {}
    rows = [row for row in read_corpus(ROOT / "seeds") if not row.phrase]
    pairs: dict[tuple[int, int], int] = {}
    sizes = []
    for i, row in enumerate(rows):
        own = grams(row.text, 3)
        sizes.append(len(own))
        for gram in own:
            for j in holders.setdefault(gram, []):
                pairs[j, i] = pairs.get((j, i), 0) + 1
            holders[gram].append(i)
    close = [
        (rows[i].id, rows[j].id)
        for (i, j), shared in pairs.items()
        if shared / (sizes[i] + sizes[j] - shared) > 0.7 and not (rows[i].group and rows[i].group == rows[j].group)
    ]
    assert close == []


def test_the_data_card_counts_what_is_there() -> None:
    card = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    found = coverage_of(read_corpus(ROOT / "seeds"))
    assert f"{found.statements:,} statements, {found.phrases:,} phrases" in card
    assert f"{found.with_target:,} statements with a target; {found.in_contrast_groups:,} in contrast groups" in card
    for field in ("act", "tone", "stance"):
        row = next(line for line in card.splitlines() if line.startswith(f"| {field} | "))
        assert dict(re.findall(r"(\w+) ([\d,]*\d)", row.split("|")[2])) == {
            label: f"{count:,}" for label, count in found.counts[field].items()
        }
