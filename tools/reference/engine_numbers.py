"""What lm_eval makes of pairs and long texts: `python tools/reference/engine_numbers.py` -> core/reference/engine/*.json."""

from importlib.metadata import version

import reference_file
from lm_eval.api.instance import Instance
from lm_eval.api.model import TemplateLM
from lm_eval.utils import get_rolling_token_windows, make_disjoint_window

PIECES = ["<s>", "the", " the", " cat", " sat", "cat", " ", "  ", "\n", "a", "b", "ab", " a", " ab", ".", "?", "Answer:", "Question", " is", "é", "\u3000", "\u2003"]
BOS = 0
PAIRS = [
    ("the cat", " sat"), ("the cat ", "sat"), ("the cat \n", " sat"), ("", " the cat"), ("", "<s>the cat"), ("<s>the", " cat"), ("Question", "?"),
    ("a", "b"), ("a", "bab"), ("the", ""), ("Answer:", " a"), ("Answer: ", "a"), ("é\u3000", "a"), ("é\u2003 ", " ab"), ("<s>", "a"),
]
COMMAND = "python tools/reference/engine_numbers.py"


def encode(text):
    """Longest piece first: tokens may span the join of two texts."""
    ids = []
    while text:
        piece = max((piece for piece in PIECES if text.startswith(piece)), key=len)
        ids.append(PIECES.index(piece))
        text = text[len(piece) :]
    return ids


class Recorder(TemplateLM):
    """Keeps the token lists that lm_eval would score."""

    backend = "causal"
    eot_token_id = BOS

    def __init__(self, adds_bos):
        super().__init__()
        self.adds_bos = adds_bos

    def tok_encode(self, string, add_special_tokens=None, **_):
        ids = encode(string)
        return [BOS, *ids] if self.adds_bos and add_special_tokens is None and not string.startswith("<s>") else ids

    def _loglikelihood_tokens(self, requests, **_):
        return [(context, continuation) for _, context, continuation in requests]

    def loglikelihood_rolling(self, requests, **_):
        raise NotImplementedError

    def generate_until(self, requests, **_):
        raise NotImplementedError


def pairs(adds_bos):
    requests = [Instance("loglikelihood", {}, pair, 0) for pair in PAIRS]
    answers = Recorder(adds_bos).loglikelihood(requests, disable_tqdm=True)
    return [
        {"adds_bos": adds_bos, "context": context, "continuation": continuation, "read": read, "scored": scored}
        for (context, continuation), (read, scored) in zip(PAIRS, answers)
    ]


def windows(length, maximum):
    tokens = list(range(100, 100 + length))
    found = map(make_disjoint_window, get_rolling_token_windows(tokens, BOS, maximum, 1))
    return {"length": length, "max_length": maximum, "windows": [[list(read), list(predicted)] for read, predicted in found]}


if __name__ == "__main__":
    reference_file.COMMAND = COMMAND
    source = [f"lm_eval {version('lm_eval')}"]
    reference_file.write("engine/pairs", source, {"pieces": PIECES, "pairs": pairs(True) + pairs(False)})
    sizes = [(0, 4), (1, 4), (3, 4), (4, 4), (5, 4), (8, 4), (9, 4), (10, 4), (7, 3), (11, 5), (5, 1), (40, 16)]
    reference_file.write("engine/windows", source, {"windows": [windows(*size) for size in sizes]})
