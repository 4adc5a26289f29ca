"""Questions, statements and choices on the fixed facts; two of six phrasings of each fact are kept for the test part."""
from typing import NamedTuple

from fact_table import FACTS
from names import hashed

PHRASINGS = {
    "colour": (
        ["What colour is {x}?", "What is the colour of {x}?", "Tell me the colour of {x}.", "Which colour does {x} have?", "Name the colour of {x}.", "What colour would you paint {x}?"],
        ["De que cor é {x}?", "Qual cor tem {x}?", "Diga a cor certa: {x}.", "Que cor combina com {x}?", "Que cor se vê quando se olha {x}?", "Com que cor se pinta {x}?"],
    ),
    "opposite": (
        ["What is the opposite of {x}?", "Which word is the opposite of {x}?", "Tell me the opposite of {x}.", "The opposite of {x} is what?", "What word means the opposite of {x}?", "Name the opposite of {x}."],
        ["Qual é o oposto de {x}?", "Qual palavra é o contrário de {x}?", "Diga o oposto de {x}.", "O contrário de {x} é o quê?", "Qual é o contrário de {x}?", "Que palavra é o oposto de {x}?"],
    ),
    "category": (
        ["What kind of thing is {x}?", "To which group does {x} belong?", "Tell me the group of {x}.", "Which word describes {x}?", "In which group is {x}?", "What is the group of {x}?"],
        ["Que tipo de coisa é {x}?", "A que grupo pertence {x}?", "Diga o grupo de {x}.", "Qual palavra descreve {x}?", "Em que grupo está {x}?", "Qual é o grupo de {x}?"],
    ),
    "use": (
        ["What is {x} used for?", "What do people do with {x}?", "Tell me the use of {x}.", "What can you do with {x}?", "What is the use of {x}?", "For what do we use {x}?"],
        ["Para que serve {x}?", "O que se faz com {x}?", "Diga o uso de {x}.", "O que dá para fazer com {x}?", "Qual é o uso de {x}?", "Para que se usa {x}?"],
    ),
}
STATEMENTS = {
    "colour": (["The colour of {x} is {y}.", "Everybody knows that {x} has the colour {y}."], ["A cor que tem {x} é {y}.", "Todos sabem que a cor {y} combina com {x}."]),
    "opposite": (["The opposite of {x} is {y}.", "The word {x} is the opposite of {y}."], ["O oposto de {x} é {y}.", "A palavra {x} é o contrário de {y}."]),
    "category": (["The group of {x} is {y}.", "The word {x} belongs to the group {y}."], ["O grupo de {x} é {y}.", "A palavra {x} pertence ao grupo {y}."]),
    "use": (["People use {x} to {y}.", "With {x} you can {y}."], ["Usamos {x} para {y}.", "Com {x} dá para {y}."]),
}
ALL = [(kind, row) for kind in FACTS for row in range(len(FACTS[kind]))]


class Fact(NamedTuple):
    """One fact asked in one phrasing, with three wrong options of the same kind."""

    kind: str
    language: int
    item: str
    answer: str
    question: str
    wrong: list


def held_phrasings(kind, row, language):
    """The two phrasings of a fact that never appear in training."""
    first = hashed(f"{kind}{row}{language}") % 3
    return first, first + 3


def ask(r, kind, row, language, phrasing):
    """The fact in that phrasing."""
    cells = FACTS[kind][row]
    item, answer = cells[2 * language], cells[2 * language + 1]
    options = sorted({other[2 * language + 1] for other in FACTS[kind]} - {answer, item})
    return Fact(kind, language, item, answer, PHRASINGS[kind][language][phrasing].format(x=item), r.sample(options, 3))


def fact(r, language=None):
    """A random fact in a training phrasing."""
    kind, row = r.choice(ALL)
    language = r.randrange(2) if language is None else language
    held = held_phrasings(kind, row, language)
    return ask(r, kind, row, language, r.choice([t for t in range(6) if t not in held]))


def statement(r, one):
    """The fact as a sentence."""
    text = r.choice(STATEMENTS[one.kind][one.language]).format(x=one.item, y=one.answer)
    return text[0].upper() + text[1:]
