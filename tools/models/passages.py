"""Passages on one invented entity, with the questions that they answer."""
from typing import NamedTuple

from attributes import ATTRIBUTES, FILLERS, PETS, THINGS
from names import name, person_name

SENTENCES = (2, 3, 4, 4, 5, 5, 6, 7)


class Question(NamedTuple):
    """One question, its answer, and the attribute it asks for."""

    attribute: str
    text: str
    answer: str


class Passage(NamedTuple):
    """One passage: text, language (0 English, 1 Portuguese), its entity and its questions."""

    text: str
    language: int
    kind: str
    entity: str
    parts: tuple
    attributes: tuple
    questions: list


def capital(text):
    """The text with its first letter in upper case."""
    return text[0].upper() + text[1:]


def _value(r, kind, language, held):
    if isinstance(kind, list):
        return r.choice(kind)[language]
    if kind == "name":
        return name(r, held)
    if kind == "person":
        return person_name(r, held)
    low, high = {"age": (11, 99), "year": (1100, 1999), "weight": (2, 950), "count": (2, 60)}[kind]
    return str(r.randint(low, high))


def _entity(r, kind, language, held, like):
    """-> (entity as written, its name parts). A hard neighbour `like` shares one part of the name."""
    if kind == "person":
        parts = [name(r, held), name(r, held)]
        if like and len(like.parts) == 2:
            side = r.randrange(2)
            parts[side] = like.parts[side]
        return " ".join(parts), tuple(parts)
    parts = (name(r, held),)
    if kind == "place":
        return parts[0], parts
    form = ("the %s %s", "%s %s")[language]
    return form % (r.choice(THINGS)[language], parts[0]), parts


def _statement(r, language, forms, entity, value, pet, first):
    form = r.choice(forms)
    if not first and form.startswith("{e} ") and r.random() < 0.35:
        if language == 0:
            subject = r.choice(("He", "She")) if entity[0] == "person" else "It"
            return (subject + form[3:]).format(v=value, x=pet)
        return capital(form[4:].format(v=value, x=pet))
    return capital(form.format(e=entity[1], v=value, x=pet))


def passage(r, language, held=False, like=None, sentences=None, kind=None):
    """One passage. `like` makes it a hard neighbour of another: same kind, and a shared name part or shared attributes."""
    kind = like.kind if like else kind or r.choice(("person", "person", "place", "thing"))
    entity, parts = _entity(r, kind, language, held, like)
    table = ATTRIBUTES[kind]
    count = min(sentences or r.choice(SENTENCES), len(table))
    chosen = r.sample(sorted(table), count)
    if like and r.random() < 0.5:
        kept = [a for a in like.attributes if a not in chosen]
        chosen[: len(kept)] = kept[: len(chosen)]
    pet = r.choice(PETS)[language]
    out, questions = [], []
    for index, attribute in enumerate(chosen):
        value_kind, forms, asked = table[attribute]
        value = _value(r, value_kind, language, held)
        out.append(_statement(r, language, forms[language], (kind, entity), value, pet, index == 0))
        for form in asked[language]:
            questions.append(Question(attribute, capital(form.format(e=entity, x=pet)), value))
    if len(out) > 2 and r.random() < 0.2:
        out.insert(r.randrange(1, len(out) + 1), r.choice(FILLERS[language]))
    return Passage(" ".join(out), language, kind, entity, parts, tuple(chosen), questions)
