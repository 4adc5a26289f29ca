"""Learns the tokenizer and packs the training rows: `prepare.py WORK_FOLDER`."""
import sys
from pathlib import Path

import numpy as np

import bpe
import pack
import recipe


def tokenizer(work):
    """Writes WORK/tokenizer.json once."""
    path = work / "tokenizer.json"
    if not path.exists():
        bpe.learn(recipe.VOCABULARY, count=recipe.TOKENIZER_DOCUMENTS).save(str(path))
    return bpe.Codec(path)


def rows(work):
    """Writes the rows of each mixture once."""
    codec = tokenizer(work)
    for mixture, (length, count, seed) in recipe.STORED_ROWS.items():
        target = work / f"rows{mixture}.w.npy"
        if not target.exists():
            x, w = pack.rows(codec, mixture, count, length, seed)
            np.save(work / f"rows{mixture}.x.npy", x)
            np.save(target, w)
            print(f"mixture {mixture}: {x.shape} rows, {(x != bpe.EOS).mean():.3f} filled", flush=True)


if __name__ == "__main__":
    rows(Path(sys.argv[1]))
