"""SMAA-2 as a vectorised numpy script does it: a million draws of weights on the simplex and of triangular scores.

Prints the seconds for weights and scores, and for weights only, for 10 options and 20 factors. One core.
"""
import time

import numpy as np

OPTIONS, FACTORS, DRAWS, CHUNK = 10, 20, 1_000_000, 20_000


def run(with_scores):
    rng = np.random.default_rng(1)
    likely = rng.uniform(20, 80, (OPTIONS, FACTORS))
    low, high = likely - 15, likely + 15
    ranks = np.zeros((OPTIONS, OPTIONS), dtype=np.int64)
    wins = np.zeros((OPTIONS, OPTIONS), dtype=np.int64)
    central = np.zeros((OPTIONS, FACTORS))
    for _ in range(DRAWS // CHUNK):
        weights = rng.exponential(size=(CHUNK, FACTORS))
        weights /= weights.sum(axis=1, keepdims=True)
        if with_scores:
            u = rng.random((CHUNK, OPTIONS, FACTORS), dtype=np.float32)
            early = u < 0.5
            scores = np.where(
                early,
                low + np.sqrt(u * ((high - low) * (likely - low))),
                high - np.sqrt((1 - u) * ((high - low) * (high - likely))),
            )
            totals = np.einsum("kof,kf->ko", scores, weights)
        else:
            totals = weights @ likely.T
        rank = np.argsort(np.argsort(-totals, axis=1), axis=1)
        first = rank.argmin(axis=1)
        for option in range(OPTIONS):
            ranks[option] += np.bincount(rank[:, option], minlength=OPTIONS)
            wins[option] += (totals[:, option, None] > totals).sum(axis=0)
            central[option] += weights[first == option].sum(axis=0)
    return ranks, wins, central


for with_scores in (True, False):
    begun = time.perf_counter()
    run(with_scores)
    print(f"{time.perf_counter() - begun:.3f}")
