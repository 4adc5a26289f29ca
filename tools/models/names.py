"""Invented names, and the hash that keeps one in ten of them out of all training text."""
import random
import zlib

CONSONANTS = "b c d f g j k l m n p r s t v z".split()
VOWELS = "a e i o u".split()
CODAS = ["", "", "", "n", "r", "l", "s"]


def hashed(text):
    """A hash of a text that is the same in every run (CRC-32)."""
    return zlib.crc32(text.encode())


def is_held_out(text):
    """Whether a name or a problem belongs to the test part (one in ten)."""
    return hashed(text) % 10 == 0


def _syllables(count, seed):
    r = random.Random(seed)
    return sorted({r.choice(CONSONANTS) + r.choice(VOWELS) + r.choice(CODAS) for _ in range(count)})


SYLLABLES = _syllables(110, 7)


def name(r, held=False):
    """One invented name of two or three syllables, from the test part or from the training part."""
    while True:
        word = "".join(r.choice(SYLLABLES) for _ in range(r.choice((2, 2, 3)))).capitalize()
        if is_held_out(word) == held:
            return word


def person_name(r, held=False):
    """First and last name of an invented person."""
    return f"{name(r, held)} {name(r, held)}"
