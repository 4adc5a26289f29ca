"""Packs documents into rows of T + 1 tokens (best fit over a small window), with a loss weight for each token."""
import random

import numpy as np

import mixture
from bpe import EOS

WINDOW = 32
BATCH = 512


def documents(codec, phase, seed):
    """Endless (ids, weights) of one phase."""
    r = random.Random(seed)
    while True:
        batch = [mixture.document(r, phase) for _ in range(BATCH)]
        encoded = iter(codec.segments([text for one in batch for text, _ in one]))
        for one in batch:
            ids, weights = [], []
            for _, weight in one:
                part = next(encoded)
                ids += part
                weights += [weight] * len(part)
            yield ids, weights


def rows(codec, phase, count, length, seed):
    """-> token ids [count, length + 1] and loss weights of the same form."""
    x = np.full((count, length + 1), EOS, np.uint16)
    w = np.zeros((count, length + 1), np.float16)
    window, done = [], 0
    for ids, weights in documents(codec, phase, seed):
        if len(ids) > length + 1:
            continue
        fitting = [b for b in window if len(b[0]) + len(ids) <= length + 1]
        if fitting:
            best = max(fitting, key=lambda b: len(b[0]))
            best[0].extend(ids)
            best[1].extend(weights)
        else:
            window.append((ids, weights))
        if len(window) > WINDOW:
            fullest = max(range(len(window)), key=lambda i: len(window[i][0]))
            ids, weights = window.pop(fullest)
            x[done, : len(ids)], w[done, : len(ids)] = ids, weights
            done += 1
            if done == count:
                return x, w
