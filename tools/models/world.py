"""tiny-world: documents on invented people, places and things whose names are all held out of training, and questions on them."""
import random
from typing import NamedTuple

from attributes import FILLERS
from passages import capital, passage

LANGUAGES = ("en", "pt")
SINGLE, LONG = 130, 20
NAMED = {"home", "born", "age", "friend", "pet", "region", "river", "mayor", "year", "schools", "maker", "kept", "weight", "owner", "made"}


class Document(NamedTuple):
    """One document and the questions that it alone answers."""

    id: str
    title: str
    text: str
    language: int
    questions: list
    entities: tuple


def _one_pronoun(r, text):
    """The text with the same pronoun for its person throughout."""
    pronoun = r.choice(("He ", "She "))
    return text.replace("He ", pronoun).replace("She ", pronoun)


def _entry(r, language, used, sentences, kind=None):
    """A passage whose entity has a name that no other text of the world holds."""
    while True:
        one = passage(r, language, held=True, sentences=sentences, kind=kind)
        words = {w.strip(".?!,") for w in one.text.split()}
        if set(one.parts) & used["entities"] or set(one.parts) & used["words"] or words & used["entities"]:
            continue
        used["entities"].update(one.parts)
        used["words"].update(w for w in words if w[:1].isupper())
        return one._replace(text=_one_pronoun(r, one.text))


def _single(r, language, used):
    return [_entry(r, language, used, r.choice((4, 5, 5, 6, 6, 7)))]


def _long(r, language, used):
    """Two or three paragraphs on different entities of one place."""
    kinds = ["place", "person", "thing"][: r.choice((2, 3, 3))]
    return [_entry(r, language, used, r.choice((5, 6)), kind) for kind in kinds]


def documents(seed=71):
    """All documents in a fixed order."""
    r, used, out = random.Random(seed), {"entities": set(), "words": set()}, []
    for index in range(2 * (SINGLE + LONG)):
        language = index % 2
        entries = (_long if (index // 2) % 7 == 6 else _single)(r, language, used)
        texts = [e.text for e in entries]
        if len(entries) > 1 and r.random() < 0.5:
            texts[0] += " " + FILLERS[language][r.randrange(6)]
        title = capital(entries[0].entity)
        questions = [(e.kind, q) for e in entries for q in e.questions]
        out.append(Document(f"{LANGUAGES[language]}-{index // 2 + 1:03d}", title, "\n\n".join(texts), language, questions, sum((e.parts for e in entries), ())))
    return out


def _draw(r, questions):
    """One question of a document: mostly one for a name or a number, which nobody can guess."""
    firm = [q for q in questions if q[1].attribute in NAMED]
    return r.choice(firm if firm and r.random() < 0.75 else questions)


def questions(language, test=200, train=60, seed=72):
    """-> (train rows, test rows) of one language; no question stands in both, and each document gives at most two."""
    r = random.Random(seed + language)
    mine = [d for d in documents() if d.language == language]
    rows, asked = [], set()
    for _ in range(2):
        r.shuffle(mine)
        for one in mine:
            kind, q = _draw(r, one.questions)
            if q.text not in asked and len(rows) < test + train:
                asked.add(q.text)
                rows.append({"question": q.text, "answer": q.answer, "document": one.id, "kind": kind})
    prefix = ("fact", "fato")[language]
    rows = [{"id": f"{prefix}-{i + 1:03d}", **row} for i, row in enumerate(rows)]
    return rows[:train], rows[train:]
