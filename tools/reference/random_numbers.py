"""CPython's random.Random: seeds, draws, samples, choices, shuffles."""

from random import Random

from reference_file import packages, write

SEEDS = [0, 1, 42, 1234, -7, 2**31, 2**32 - 1, 2**32, 2**53 - 1, 2**64 + 3, 10**40, -(10**30)]
SAMPLES = [(1, 1), (5, 0), (5, 5), (6, 6), (21, 5), (22, 5), (36, 5), (85, 6), (86, 6), (100, 10), (277, 21), (278, 21),
           (1000, 22), (7473, 6), (100000, 3), (100000, 50), (5000000000, 8)]


def draws(seed):
    random = Random(seed)
    return {
        "seed": str(seed),
        "random": [random.random() for _ in range(5)],
        "getrandbits": [[bits, random.getrandbits(bits)] for bits in (1, 5, 31, 32, 33, 48, 53)],
        "randbelow": [[n, random._randbelow(n)] for n in (1, 2, 3, 10, 1000, 2**31, 2**32, 2**32 + 1, 2**40 + 7, 2**53 - 1)],
        "choices": random.choices(range(10), k=8),
        "shuffle": shuffled(random, 20),
        "after": random.random(),
    }


def shuffled(random, n):
    items = list(range(n))
    random.shuffle(items)
    return items


def samples(seed):
    random = Random(seed)
    return {"seed": seed, "calls": [[n, k, random.sample(range(n), k)] for n, k in SAMPLES], "after": random.random()}


def late(seed):
    random = Random(seed)
    for _ in range(100000):
        last = random.random()
    return {"seed": seed, "call": 100000, "random": last}


def make():
    write("random", packages("python"), {
        "draws": [draws(seed) for seed in SEEDS],
        "samples": [samples(seed) for seed in (0, 1, 1234, 99)],
        "late": [late(seed) for seed in (0, 1234)],
    })
