"""Aggregates of many scores by lm_eval's own functions, with its bootstrap at 1,000 resamples."""

import os
from random import Random

import numpy as np
from lm_eval.api import metrics

from reference_file import packages, write

os.environ["DISABLE_MULTIPROC"] = "1"


def columns():
    rng = Random(7)
    for n in (2, 3, 25, 200):
        values = [round(-rng.expovariate(0.4), 4) for _ in range(n)]
        yield values, [float(rng.randint(1, 60)) for _ in range(n)]


def make():
    cases = []
    for values, weights in columns():
        pairs = list(zip(values, weights))
        case = {"values": values, "weights": weights}
        for name in ("mean", "median", "perplexity"):
            case[name] = {"value": float(getattr(metrics, name)(values))}
        case["mean"]["stderr"] = float(metrics.mean_stderr(values))
        for name in ("median", "perplexity"):
            case[name]["stderr"] = float(metrics.bootstrap_stderr(getattr(metrics, name), values, 1000))
        for name in ("weighted_perplexity", "bits_per_byte"):
            function = getattr(metrics, name)
            case[name] = {"value": float(function(pairs)), "stderr": float(metrics.bootstrap_stderr(function, pairs, 1000))}
        for percent in (50, 90, 95, 99):
            case[f"p{percent}"] = {"value": float(np.percentile(values, percent)), **replicated(values, percent)}
        cases.append(case)
    write("aggregates", packages("lm_eval", "numpy", "python"), {"columns": cases})


def replicated(values, percent):
    rng = Random(0)
    drawn = [np.percentile(rng.choices(values, k=len(values)), percent) for _ in range(1000)]
    return {"stderr": float(np.std(drawn, ddof=1)), "low": float(np.percentile(drawn, 2.5)), "high": float(np.percentile(drawn, 97.5))}
