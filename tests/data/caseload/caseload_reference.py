"""Reference figures for the caseload check, from programs that are not Evenhand.

Writes caseload_reference.json: data sets (counted rows, all invented) and what scipy, statsmodels and numpy make of
them. Run once; the figures are stored, the versions are in the file.
"""

import json
import math

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

Z = stats.norm.ppf(0.975)


def number(x):
    """A finite float, else None."""
    return float(x) if x is not None and math.isfinite(x) else None


def gate(rows):
    """rows: [group, eligible, passed]. Every group against everyone else."""
    eligible = sum(r[1] for r in rows)
    passed = sum(r[2] for r in rows)
    rates = {g: k / n for g, n, k in rows if n}
    best = max(rates.values()) if rates else None
    out, tests = [], []
    for g, n, k in rows:
        n0, k0 = eligible - n, passed - k
        cell = {"group": g, "eligible": n, "passed": k}
        if n:
            low, high = proportion_confint(k, n, 0.05, "wilson")
            cell |= {"rate": k / n, "wilson_low": low, "wilson_high": high}
            cell["representation_ratio"] = number((k / n) / (passed / eligible)) if passed else None
            cell["impact_ratio"] = number(k / n / best) if best else None
        if n and n0:
            rr = (k / n) / (k0 / n0) if k0 else None
            cell["rate_ratio"] = rr
            if k and k0:
                se = math.sqrt(1 / k - 1 / n + 1 / k0 - 1 / n0)
                cell["rate_ratio_low"] = rr * math.exp(-Z * se)
                cell["rate_ratio_high"] = rr * math.exp(Z * se)
            table = np.array([[k, n - k], [k0, n0 - k0]])
            if 0 < passed < eligible:
                expected = stats.contingency.expected_freq(table)
                if expected.min() < 5:
                    cell |= {"test": "fisher", "p_value": float(stats.fisher_exact(table)[1])}
                else:
                    chi = stats.chi2_contingency(table, correction=False)
                    cell |= {"test": "chi_squared", "p_value": float(chi[1])}
                tests.append((cell, cell["p_value"]))
        out.append(cell)
    if tests:
        for (cell, _), p in zip(tests, multipletests([p for _, p in tests], method="holm")[1]):
            cell["p_value_holm"] = float(p)
    whole = {"groups": out}
    full = np.array([[k, n - k] for _, n, k in rows if n])
    if len(full) > 1 and 0 < passed < eligible:
        chi = stats.chi2_contingency(full, correction=False)
        whole |= {"chi_squared": float(chi[0]), "degrees_of_freedom": int(chi[2]), "p_value": float(chi[1])}
    return whole


def stratified(strata):
    """strata: [[a, b], [c, d]] = group passed, group not; others passed, others not."""
    tables = [np.array(t, dtype=float) for t in strata]
    crude = sum(tables)
    t = StratifiedTable(tables)
    low, high = t.oddsratio_pooled_confint()
    return {
        "crude_odds_ratio": number(crude[0, 0] * crude[1, 1] / (crude[0, 1] * crude[1, 0])),
        "mantel_haenszel_odds_ratio": number(t.oddsratio_pooled),
        "low": number(low),
        "high": number(high),
        "cochran_mantel_haenszel": number(t.test_null_odds(correction=False).statistic),
        "p_value": number(t.test_null_odds(correction=False).pvalue),
    }


def logistic(columns, rows):
    """rows: [x1, x2, …, yes, no], treatment coding done already; an intercept is added."""
    data = np.array(rows, dtype=float)
    x = sm.add_constant(data[:, :-2], has_constant="add")
    y = data[:, -2:]
    fit = sm.GLM(y, x, family=sm.families.Binomial()).fit(maxiter=200, tol=1e-14)
    low, high = fit.conf_int().T
    terms = ["intercept"] + columns
    return {
        "terms": [
            {
                "term": terms[i],
                "coefficient": fit.params[i],
                "standard_error": fit.bse[i],
                "odds_ratio": math.exp(fit.params[i]),
                "low": math.exp(low[i]),
                "high": math.exp(high[i]),
                "p_value": fit.pvalues[i],
            }
            for i in range(len(terms))
        ],
        "deviance": fit.deviance,
        "log_likelihood_kernel": float(
            sum(
                yes * math.log(m) + no * math.log(1 - m)
                for (yes, no), m in zip(y, fit.fittedvalues)
                if 0 < m < 1
            )
        ),
        "degrees_of_freedom": int(fit.df_resid),
    }


def limits(observed, expected, level):
    """Byar, and exact Poisson under 10."""
    z = stats.norm.ppf(0.5 + level / 2)
    o = observed
    if o < 10:
        a = 1 - level
        low = stats.chi2.ppf(a / 2, 2 * o) / 2 if o else 0.0
        high = stats.chi2.ppf(1 - a / 2, 2 * o + 2) / 2
    else:
        low = o * (1 - 1 / (9 * o) - z / (3 * math.sqrt(o))) ** 3
        high = (o + 1) * (1 - 1 / (9 * (o + 1)) + z / (3 * math.sqrt(o + 1))) ** 3
    return low / expected, high / expected


def providers(rows, winsorised=0.1):
    """rows: [provider, observed, expected]; z of Spiegelhalter 2005 on the square-root scale, quantiles of type 7."""
    z = np.array([2 * (math.sqrt(o) - math.sqrt(e)) for _, o, e in rows])
    low, high = np.quantile(z, [winsorised, 1 - winsorised])
    w = np.clip(z, low, high)
    n = len(rows)
    phi = float((w**2).sum() / n)
    weight = np.array([4 * e for _, _, e in rows])
    tau = max(0.0, (n * phi - (n - 1)) / (weight.sum() - (weight**2).sum() / weight.sum())) if n > 1 else None
    out = []
    for name, o, e in rows:
        l95, h95 = limits(o, e, 0.95)
        l998, h998 = limits(o, e, 0.998)
        out.append(
            {"provider": name, "observed": o, "expected": e, "ratio": o / e, "low": l95, "high": h95,
             "low_998": l998, "high_998": h998}
        )
    return {"providers": out, "z": z.tolist(), "phi": phi, "tau_squared": tau}


def concentration(rows):
    """rows: [need rank value, support 0..1, count]; ties share the mean fractional rank."""
    rows = sorted(rows)
    n = sum(c for *_, c in rows)
    mu = sum(h * c for _, h, c in rows) / n
    need = sum(x * c for x, _, c in rows) / n
    rank, before = {}, 0
    for x in sorted({r[0] for r in rows}):
        here = sum(c for y, _, c in rows if y == x)
        rank[x] = (before + here / 2) / n
        before += here
    c = 2 * sum(k * h * (rank[x] - 0.5) for x, h, k in rows) / n / mu
    gini = 2 * sum(k * x * (rank[x] - 0.5) for x, _, k in rows) / n / need
    return {"standard": c, "wagstaff": c / (1 - mu) if mu < 1 else None, "erreygers": 4 * mu * c,
            "gini_of_need": gini, "kakwani": c - gini}


def kitagawa(rows):
    """rows: [group, n of provider, passed, n of all others, passed]."""
    n1, n0 = sum(r[1] for r in rows), sum(r[3] for r in rows)
    mix = effect = 0.0
    for _, a, ka, b, kb in rows:
        pa, pb, ra, rb = a / n1, b / n0, ka / a, kb / b
        mix += (pa - pb) * (ra + rb) / 2
        effect += (ra - rb) * (pa + pb) / 2
    total = sum(r[2] for r in rows) / n1 - sum(r[4] for r in rows) / n0
    assert abs(total - mix - effect) < 1e-12
    return {"difference": total, "mix": mix, "effect": effect}


rng = np.random.default_rng(20261122)
SETS = {}


def put(name, kind, data, expected, **more):
    SETS[name] = {"kind": kind, "data": data, "expected": expected} | more


def gates(name, rows):
    put(name, "gate", rows, gate(rows))


gates("six_groups", [["Prolific", 310, 246], ["No home", 240, 171], ["Women", 95, 83], ["Young adults", 180, 161],
                     ["Low risk", 420, 408], ["Long sentence", 60, 52]])
gates("small_counts", [["a", 7, 1], ["b", 9, 8], ["c", 12, 9], ["d", 5, 5]])
gates("nobody_passed_in_one_group", [["a", 40, 0], ["b", 200, 90]])
gates("everybody_passed_in_one_group", [["a", 40, 40], ["b", 200, 90]])
gates("nobody_passed", [["a", 40, 0], ["b", 30, 0]])
gates("everybody_passed", [["a", 40, 40], ["b", 30, 30]])
gates("an_empty_group", [["a", 0, 0], ["b", 30, 12], ["c", 50, 31]])
gates("one_group", [["a", 120, 77]])
gates("one_person", [["a", 1, 1], ["b", 2, 0]])
gates("huge", [["a", 41_250_000, 33_010_007], ["b", 9_120_004, 7_295_800], ["c", 310_000, 246_999]])
gates("forty_groups", [[f"g{i:02}", int(n), int(rng.binomial(n, 0.7 if i % 10 else 0.45))]
                       for i, n in enumerate(rng.integers(20, 400, 40))])

SIMPSON = [[[8, 72], [6, 94]], [[81, 19], [234, 66]], [[40, 10], [140, 60]]]
put("simpson", "stratified", SIMPSON, stratified(SIMPSON))
SPARSE = [[[1, 2], [0, 3]], [[0, 1], [2, 2]], [[2, 0], [1, 3]], [[1, 1], [1, 1]], [[3, 1], [2, 4]], [[0, 2], [1, 5]]]
put("sparse_strata", "stratified", SPARSE, stratified(SPARSE))
ALIKE = [[[20, 30], [40, 60]], [[10, 5], [30, 15]]]
put("no_association_within", "stratified", ALIKE, stratified(ALIKE))

# group (2 dummies), sex, age in decades
rows = []
for g1, g2 in ((0, 0), (1, 0), (0, 1)):
    for sex in (0, 1):
        for age in (2, 3, 4, 5):
            n = int(rng.integers(15, 60))
            p = 1 / (1 + math.exp(-(0.8 - 1.1 * g1 - 0.4 * g2 + 0.3 * sex - 0.15 * (age - 3))))
            yes = int(rng.binomial(n, p))
            rows.append([g1, g2, sex, age, yes, n - yes])
put("logistic_two_groups_and_traits", "logistic", rows, logistic(["g1", "g2", "sex", "age"], rows),
    columns=["g1", "g2", "sex", "age"])
rows = []
for i in range(60):
    x = float(rng.normal())
    near = x + float(rng.normal()) * 1e-3
    n = int(rng.integers(5, 40))
    yes = int(rng.binomial(n, 1 / (1 + math.exp(-(0.2 + 0.7 * x)))))
    rows.append([x, near, yes, n - yes])
put("logistic_nearly_collinear", "logistic", rows, logistic(["x", "near"], rows), columns=["x", "near"])
rows = [[0, 0, 300_120, 99_880], [0, 1, 120_050, 60_950], [1, 0, 20_400, 19_600], [1, 1, 4_100, 8_900]]
put("logistic_huge", "logistic", rows, logistic(["g", "trait"], rows), columns=["g", "trait"])
rows = [[0, 3, 1], [1, 2, 5]]
put("logistic_two_by_two", "logistic", rows, logistic(["g"], rows), columns=["g"])
rows = [[0.0, 40, 60], [1e6, 55, 45], [2e6, 70, 30]]
put("logistic_badly_scaled", "logistic", rows, logistic(["pounds"], rows), columns=["pounds"])
put("separated", "logistic_separated", [[0, 0, 25], [1, 30, 0]], {"separated": ["g"]}, columns=["g"])
put("quasi_separated", "logistic_separated", [[0, 12, 25], [1, 30, 0]], {"separated": ["g"]}, columns=["g"])
put("collinear", "logistic_collinear", [[0, 0, 12, 25], [1, 2, 30, 8], [2, 4, 9, 3]], {"undefined": True},
    columns=["x", "twice"])

spread = [[f"p{i:02}", int(rng.poisson(e * max(0.2, 1 + 0.35 * rng.normal()))), round(float(e), 3)]
          for i, e in enumerate(rng.uniform(8, 160, 24))]
put("providers_overdispersed", "providers", spread, providers(spread))
calm = [[f"p{i:02}", int(round(e + 0.2 * math.sqrt(e) * rng.normal())), round(float(e), 3)]
        for i, e in enumerate(rng.uniform(8, 160, 15))]
put("providers_underdispersed", "providers", calm, providers(calm))
few = [["p", 0, 3.2], ["q", 4, 2.5], ["r", 9, 9.4], ["s", 10, 9.4], ["t", 250, 201.7]]
put("providers_small", "providers", few, providers(few))

need = [[1, 0.9, 120], [2, 0.75, 90], [3, 0.6, 80], [4, 0.4, 60], [5, 0.35, 25]]
put("support_falls_with_need", "concentration", need, concentration(need))
even = [[1, 0.5, 10], [2, 0.5, 20], [3, 0.5, 30]]
put("support_alike", "concentration", even, concentration(even))
people = [[int(x), int(h), 1] for x, h in zip(rng.integers(1, 30, 200), rng.integers(0, 2, 200))]
put("people_one_by_one", "concentration", people, concentration(people))

mix = [["Prolific", 20, 8, 290, 130], ["Low risk", 300, 270, 120, 112], ["Women", 40, 30, 55, 41]]
put("headline_from_mix", "kitagawa", mix, kitagawa(mix))

json.dump(
    {
        "what": "Reference figures for the caseload check; every data set is invented",
        "computed": "2026-11-22",
        "with": {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "numpy": np.__version__},
        "sets": SETS,
    },
    open("caseload_reference.json", "w"),
    indent=1,
)
print(len(SETS))
