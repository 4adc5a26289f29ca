"""Proves that nothing of the test parts stands in the training text: `check_heldout.py [--work FOLDER]`. Fails otherwise."""
import argparse
import json
import re
from pathlib import Path

import numpy as np

import recipe
import world
from bpe import Codec

PROBLEM = re.compile(r"\d+[+-]\d+")
ASKED = re.compile(r"(?:Question:|Pergunta:|Q:|P:|user\n) ?([^\n<]+[?.])")
WORD = re.compile(r"[A-Z][a-z]+")
BLOCK = 2000


def training(work):
    """-> (problems, questions, capitalised words) of every packed row."""
    codec, problems, questions, words = Codec(work / "tokenizer.json"), set(), set(), set()
    for path in sorted(work.glob("rows*.x.npy")):
        rows = np.load(path, mmap_mode="r")
        for at in range(0, len(rows), BLOCK):
            for text in codec.tokenizer.decode_batch(rows[at : at + BLOCK].tolist(), skip_special_tokens=False):
                problems.update(PROBLEM.findall(text))
                questions.update(ASKED.findall(text))
                words.update(WORD.findall(text))
    return problems, questions, words


def test_rows(name):
    """The rows of a test part."""
    return map(json.loads, (recipe.ROOT / "data" / "datasets" / name / "test.jsonl").read_text().splitlines())


def main(work):
    """Prints the counts; raises when something is shared."""
    problems, questions, words = training(work)
    names = {part for d in world.documents() for part in d.entities}
    shared = {
        "problems of tiny-arithmetic": {row["question"][:-1] for row in test_rows("tiny-arithmetic")} & problems,
        "questions of tiny-choice": {row["question"] for row in test_rows("tiny-choice")} & questions,
        "questions of tiny-facts and tiny-fatos": {row["question"] for name in ("tiny-facts", "tiny-fatos") for row in test_rows(name)} & questions,
        "entity names of tiny-world": names & words,
    }
    print(f"training text: {len(problems)} problems, {len(questions)} questions, {len(words)} capitalised words")
    for what, found in shared.items():
        print(f"{what} in the training text: {len(found)}")
        if found:
            raise SystemExit(f"shared with the training text: {sorted(found)[:5]}")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--work", type=Path, default=recipe.HERE / ".work")
    main(**vars(options.parse_args()))
