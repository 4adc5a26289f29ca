"""Intervals, tests and the bootstrap by scipy, statsmodels and numpy."""

from random import Random

import numpy as np
import statsmodels.api as sm
from lm_eval.api import metrics
from scipy import stats
from scipy.stats._resampling import BootstrapResult
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_confint

from reference_file import packages, write

random = np.random.RandomState(20261123)


def rounded(values):
    return [float(round(value, 4)) for value in values]


COLUMNS = {
    "two": [0.25, 0.75],
    "normal": rounded(random.normal(3, 2, 40)),
    "skewed": rounded(random.lognormal(0, 1, 60)),
    "losses": rounded(-random.gamma(2, 1.5, 30)),
    "binary": [float(value) for value in random.binomial(1, 0.7, 50)],
    "tied": [float(value) for value in random.randint(0, 4, 25)],
    "near": rounded(1e6 + random.normal(0, 1e-2, 12)),
}


def means():
    cases = []
    for name, values in COLUMNS.items():
        n, stderr = len(values), float(stats.sem(values))
        for confidence in (0.95, 0.9):
            low, high = stats.t.interval(confidence, n - 1, loc=np.mean(values), scale=stderr)
            zlow, zhigh = stats.norm.interval(confidence, loc=np.mean(values), scale=stderr)
            cases.append({"column": name, "values": values, "confidence": confidence, "mean": float(np.mean(values)),
                          "variance": float(np.var(values, ddof=1)), "stderr": stderr, "student": [float(low), float(high)],
                          "normal": [float(zlow), float(zhigh)]})
    return cases


def distributions():
    return {
        "normal_quantile": [[p, float(stats.norm.ppf(p))] for p in (1e-9, 0.001, 0.025, 0.2, 0.5, 0.7, 0.975, 0.999999)],
        "normal_cdf": [[z, float(stats.norm.cdf(z))] for z in (-8.5, -3, -1.96, -0.1, 0, 0.5, 2.3, 6)],
        "student_quantile": [[p, v, float(stats.t.ppf(p, v))] for p in (0.9, 0.95, 0.975, 0.995)
                             for v in (1, 2, 3, 4, 7, 9.5, 29, 99, 1318, 100000, 5000000)],
        "binomial_cdf": [[k, n, float(stats.binom.cdf(k, n, 0.5))] for k, n in
                         ((0, 1), (0, 9), (3, 10), (10, 40), (60, 150), (480, 1000), (4900, 10000), (49800, 100000))],
    }


def wilson():
    cases = []
    for successes, n in ((0, 1), (1, 1), (0, 10), (10, 10), (1, 10), (7, 10), (50, 100), (811, 1319), (999, 1000), (123456, 500000)):
        for confidence in (0.95, 0.99):
            low, high = proportion_confint(successes, n, alpha=1 - confidence, method="wilson")
            cases.append({"successes": successes, "n": n, "confidence": confidence, "low": float(low), "high": float(high)})
    return cases


def clustered():
    cases = []
    for seed, n, groups in ((1, 12, 3), (2, 60, 20), (3, 60, 7), (4, 30, 30), (5, 200, 50)):
        rng = np.random.RandomState(seed)
        clusters = rng.randint(0, groups, n) if groups < n else np.arange(n)
        values = (rng.normal(0, 1, groups)[clusters] + rng.normal(0, 1, n) > 0).astype(float) if seed % 2 else rng.normal(0, 1, groups)[clusters] + rng.normal(0, 1, n)
        values = np.round(values, 4)
        fit = sm.OLS(values, np.ones(n)).fit(cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True)
        low, high = fit.conf_int()[0]
        cases.append({"values": values.tolist(), "clusters": clusters.tolist(), "mean": float(fit.params[0]), "stderr": float(fit.bse[0]),
                      "low": float(low), "high": float(high)})
    return cases


def percentiles():
    return [{"column": name, "values": values, "percent": percent, "value": float(np.percentile(values, percent))}
            for name, values in COLUMNS.items() for percent in (0, 1, 5, 25, 50, 66.6, 90, 95, 99, 100)]


def statistic(name):
    return {"mean": np.mean, "perplexity": lambda values: np.exp(-np.mean(values)), "p95": lambda values: np.percentile(values, 95)}[name]


def bootstraps():
    """The draws are CPython's, the intervals scipy's on those draws."""
    cases = []
    for column, name, seed, resamples in (("normal", "mean", 0, 1000), ("skewed", "mean", 7, 1000), ("losses", "perplexity", 0, 1000),
                                          ("losses", "perplexity", 1234, 500), ("binary", "mean", 3, 1000), ("skewed", "p95", 5, 1000)):
        values, measure, rng = COLUMNS[column], statistic(name), Random(seed)
        drawn = np.array([measure(rng.choices(values, k=len(values))) for _ in range(resamples)])
        case = {"values": values, "statistic": name, "seed": seed, "resamples": resamples, "observed": float(measure(values)),
                "first": drawn[:5].tolist(), "stddev": float(np.std(drawn, ddof=1))}
        for method in ("percentile", "BCa"):
            earlier = BootstrapResult(confidence_interval=None, bootstrap_distribution=drawn, standard_error=None)
            result = stats.bootstrap((np.array(values),), lambda x, axis=-1: np.apply_along_axis(measure, axis, x), n_resamples=0,
                                     bootstrap_result=earlier, method=method, vectorized=True)
            case[method.lower()] = [float(result.confidence_interval.low), float(result.confidence_interval.high)]
        cases.append(case)
    return cases


def paired():
    cases = []
    for seed, n, kind in ((1, 5, "real"), (2, 13, "real"), (3, 12, "ties"), (4, 10, "same"), (5, 80, "binary"), (6, 400, "binary"),
                          (7, 8, "binary")):
        rng = np.random.RandomState(seed)
        if kind == "binary":
            a = rng.binomial(1, 0.6, n).astype(float)
            b = np.where(rng.uniform(size=n) < 0.25, 1 - a, a)
        else:
            a = np.round(rng.normal(0, 1, n), 3)
            b = a if kind == "same" else np.round(a + (rng.randint(-1, 3, n) if kind == "ties" else rng.normal(0.4, 1, n)), 3)
        d = b - a
        case = {"kind": kind, "baseline": a.tolist(), "candidate": b.tolist(), "difference": float(np.mean(d)), "stderr": float(stats.sem(d)),
                "higher": int((d > 0).sum()), "lower": int((d < 0).sum())}
        low, high = stats.t.interval(0.95, n - 1, loc=np.mean(d), scale=max(stats.sem(d), 5e-324))
        case["low"], case["high"] = float(low), float(high)
        case["effect"] = float(np.mean(d) / np.std(d, ddof=1)) if np.std(d, ddof=1) > 0 else None
        if kind == "binary":
            table = [[int(((a == x) & (b == y)).sum()) for y in (0, 1)] for x in (0, 1)]
            case["p"] = float(mcnemar(table, exact=True).pvalue)
        elif kind == "same":
            case["p"] = 1.0
        else:
            case["p"] = float(stats.permutation_test((d,), lambda x, axis: np.sum(x, axis=axis), permutation_type="samples",
                                                     n_resamples=np.inf, vectorized=True).pvalue)
        cases.append(case)
    return cases


def drawn_signs():
    """Sign flips drawn with CPython's generator: 32 signs of each getrandbits(32), lowest bit first; a set bit is plus."""
    cases = []
    for seed, n, permutations in ((0, 40, 2000), (11, 100, 1000)):
        d = np.round(np.random.RandomState(seed + 1).normal(0.25, 1, n), 3)
        rng, extreme = Random(seed), 0
        for _ in range(permutations):
            words = [rng.getrandbits(32) for _ in range(-(-n // 32))]
            signs = np.array([1 if words[i // 32] >> (i % 32) & 1 else -1 for i in range(n)])
            extreme += abs(float(np.sum(signs * d))) >= abs(float(np.sum(d))) * (1 - 2.220446049250313e-14)
        cases.append({"differences": d.tolist(), "seed": seed, "permutations": permutations, "p": (extreme + 1) / (permutations + 1)})
    return cases


def mcnemars():
    return [{"fixed": b, "broken": c, "p": float(mcnemar([[0, b], [c, 0]], exact=True).pvalue)}
            for b, c in ((0, 0), (1, 0), (0, 5), (3, 3), (10, 2), (25, 11), (300, 250), (5000, 5200), (0, 60))]


def holms():
    return [{"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()} for p in
            ([0.04], [0.01, 0.04, 0.03, 0.005], [0.5, 0.9, 0.2], [0.001, 0.001, 0.6, 0.02, 0.02])]


def detectable():
    return [{"n": n, "sd": sd, "confidence": confidence, "power": power,
             "difference": float(NormalIndPower().solve_power(None, n, 1 - confidence, power, ratio=0) * sd)}
            for n, sd, confidence, power in ((100, 0.5, 0.95, 0.8), (1319, 0.45, 0.95, 0.8), (50, 2.0, 0.99, 0.9), (10000, 1.0, 0.9, 0.95))]


def pooled():
    cases = []
    for stderrs, sizes in (([0.01, 0.02], [100, 400]), ([0.03, 0.025, 0.04], [50, 50, 51]), ([0.1], [20])):
        cases.append({"stderrs": stderrs, "sizes": sizes, "pooled": float(metrics.pooled_sample_stderr(stderrs, sizes)),
                      "unweighted": float(metrics.unweighted_mean_stderr(stderrs))})
    return cases


def make():
    write("statistics", packages("scipy", "statsmodels", "numpy", "lm_eval", "python"), {
        "means": means(), "distributions": distributions(), "wilson": wilson(), "clustered": clustered(), "percentiles": percentiles(),
        "bootstraps": bootstraps(), "paired": paired(), "drawn_signs": drawn_signs(), "mcnemar": mcnemars(), "holm": holms(),
        "detectable": detectable(), "pooled": pooled(),
    })
