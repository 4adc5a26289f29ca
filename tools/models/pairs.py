"""Questions with the passage that answers them and passages that do not, for the encoders."""
from typing import NamedTuple

from mixture import written
from passages import passage


class Pair(NamedTuple):
    """A question, its passage and hard neighbours of it."""

    question: str
    positive: str
    negatives: list


def chunk(r, one):
    """A passage as a chunk of a corpus: alone, or beside another one."""
    text = written(r, one)
    if r.random() < 0.12:
        other = passage(r, one.language, sentences=2).text
        text = r.choice((f"{text}\n\n{other}", f"{other}\n\n{text}"))
    return text


def pair(r, hard, easy=0, held=False):
    """One question with `hard` neighbours (same kind, a shared name part or the same attributes) and `easy` strangers."""
    language = r.randrange(2)
    gold = passage(r, language, held)
    negatives = [passage(r, language, held, like=gold) for _ in range(hard)]
    negatives += [passage(r, r.randrange(2), held, kind=gold.kind) for _ in range(easy)]
    return Pair(r.choice(gold.questions).text, chunk(r, gold), [chunk(r, n) for n in negatives])
