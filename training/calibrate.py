"""Chooses slope and shift of the encoder's probabilities, and how its word is joined with that of
the linear judges; writes them into the properties file.

What it chooses on: requests of XSTest's odd half and the held-out lots of the project's own rows;
replies of the held-out lots (heads of answers), and XSTest's odd half (refusal). Every figure it
prints is cross-validated: the groups are dealt into five folds, and each fold is judged by what was
chosen on the other four. Sources that were kept out altogether are judged, never chosen on.
"""

import argparse
import json
import pathlib

import numpy as np

import data
from export import card
from heads import LAYOUT, WIDTH, slices

WHERE = slices()
FOLDS = 5
CHOSEN_ON = {"harm": lambda s: s == "xstest_odd" or s.startswith("own_"),
             "refusal": lambda s: s == "xstest_odd"}


def logistic(z):
    return 1 / (1 + np.exp(-np.clip(z, -30, 30)))


def regression(x, y, weights=None, steps=60, pull=1e-3):
    """Logistic regression by Newton's method; `x` has a column of ones. A little pull towards
    zero keeps separable data finite."""
    w = np.zeros(x.shape[1])
    v = np.ones(len(y)) if weights is None else weights
    for _ in range(steps):
        p = logistic(x @ w)
        gradient = x.T @ (v * (p - y)) + pull * w
        curve = (x * (v * p * (1 - p))[:, None]).T @ x + pull * np.eye(x.shape[1])
        w = w - np.linalg.solve(curve, gradient)
    return w


def folds(rows):
    return np.array([data.lot("fold" + r["group"]) % FOLDS for r in rows])


def cross_validated(x, y, fold):
    p = np.zeros(len(y))
    for k in range(FOLDS):
        p[fold == k] = logistic(x[fold == k] @ regression(x[fold != k], y[fold != k]))
    return p


def calibration_error(p, y, bins=15):
    """Expected calibration error over bins of equal mass, less what chance alone would show."""
    order = np.argsort(p, kind="stable")
    total = 0.0
    for part in np.array_split(order, bins):
        if len(part) > 1:
            gap = p[part].mean() - y[part].mean()
            noise = (p[part] * (1 - p[part])).mean() / len(part)
            total += len(part) / len(p) * np.sqrt(max(0.0, gap * gap - noise))
    return total


def f1(said, truth):
    return 2 * (said & truth).sum() / max(1, said.sum() + truth.sum())


def columns(rows, head):
    z = np.array([r["scores"][WHERE[head].start] for r in rows])
    return np.stack([z, np.ones(len(z))], 1)


def truths(rows, head):
    return np.array([r["targets"][head][0] for r in rows])


def binary(rows, head):
    """Slope and shift of one head; prints what they are worth."""
    known = [r for r in rows if head in r["targets"]]
    chosen = [r for r in known if CHOSEN_ON[head](r["source"])]
    x, y = columns(chosen, head), truths(chosen, head)
    p = cross_validated(x, y, folds(chosen))
    line(head, "chosen on, cross-validated", p, y > 0.5)
    for source in sorted({r["source"] for r in chosen if not r["source"].startswith("own_")}):
        mine = np.array([r["source"] == source for r in chosen])
        line(head, "  " + source, p[mine], y[mine] > 0.5)
    w = regression(x, y)
    for source in sorted({r["source"] for r in known} - {r["source"] for r in chosen}):
        mine = [r for r in known if r["source"] == source]
        q, t = logistic(columns(mine, head) @ w), truths(mine, head) > 0.5
        line(head, source, q, t)
    return tuple(w)


def joined(head, rows, linear, first, balanced):
    """A head's word joined with the linear judge's, and with the encoder's on refusal, for what
    refuses delivers little. `balanced`: harmful and harmless weigh the same, as do the two corpora,
    where a judge is asked about what nobody could clear rather than about all traffic."""
    known = [r for r in rows if head in r["targets"] and r["id"] in linear]
    degrees = np.array([r["scores"][WHERE["degree"]] for r in known])
    refusal_odds = np.logaddexp(degrees[:, 1], degrees[:, 2]) - degrees[:, 0]
    before = odds(np.array([first(linear[r["id"]]) for r in known]))
    x = np.stack([before, columns(known, head)[:, 0], refusal_odds, np.ones(len(known))], 1)
    y = truths(known, head)
    own = np.array([r["source"].startswith("own_") for r in known])
    fuzz = np.array([r["source"] == "gptfuzz" for r in known])
    weights = np.ones(len(y))
    if balanced:
        for corpus in (own, fuzz):
            for positive in (0, 1):
                part = corpus & (y == positive)
                weights[part] = 500 / part.sum()
    chosen, fold = own | fuzz, folds(known)
    for name, which in (("all three", [0, 1, 2, 3]), ("linear alone", [0, 3]),
                        ("encoder alone", [1, 2, 3])):
        w = regression(x[chosen][:, which], y[chosen], weights[chosen])
        p = logistic(x[:, which] @ w)
        for k in range(FOLDS):
            learnt, judged = chosen & (fold != k), chosen & (fold == k)
            p[judged] = logistic(x[judged][:, which] @ regression(
                x[learnt][:, which], y[learnt], weights[learnt]))
        print(f"{head}, {name}: harmless own above 0.5 {(p[own & (y == 0)] > 0.5).mean():.3f}")
        line(head, "own, cross-validated", p[own], y[own] > 0.5)
        line(head, "gptfuzz, cross-validated", p[fuzz], y[fuzz] > 0.5)
        for source in ("past_tense", "jbb_artifacts"):
            mine = np.array([r["source"] == source for r in known])
            if mine.any():
                line(head, source, p[mine], y[mine] > 0.5)
    return tuple(regression(x[chosen], y[chosen], weights[chosen]))


def line(head, name, p, truth):
    print(f"{head:<12} {name:<28} {len(p):5d} F1 {f1(p >= 0.5, truth):.3f} "
          f"precision {(truth & (p >= 0.5)).sum() / max(1, (p >= 0.5).sum()):.3f} "
          f"error of calibration {calibration_error(p, truth.astype(float)):.3f}")


def odds(p):
    p = np.clip(p, 1e-5, 1 - 1e-5)
    return np.log(p / (1 - p))


def refusal(rows, linear):
    """Weights of linear and encoder log-odds, and the shift. How full a refusal is stays the linear
    judge's word: a regression gives the encoder no say in it, and shifts all to full."""
    known = [r for r in rows if "degree" in r["targets"] and r["id"] in linear]
    chosen = [r for r in known if CHOSEN_ON["refusal"](r["source"])]

    def parts(rows):
        z = np.array([r["scores"][WHERE["degree"]] for r in rows])
        first = odds(np.array([linear[r["id"]][0] for r in rows]))
        return np.stack(
            [first, np.logaddexp(z[:, 1], z[:, 2]) - z[:, 0], np.ones(len(rows))], 1)

    x = parts(chosen)
    y = np.array([r["targets"]["degree"][0] == 0 for r in chosen]).astype(float)
    p = cross_validated(x, y, folds(chosen))
    line("refusal", "XSTest odd, both", p, y > 0.5)
    for name, which in (("linear alone", [0, 2]), ("encoder alone", [1, 2])):
        line("refusal", "XSTest odd, " + name,
             cross_validated(x[:, which], y, folds(chosen)), y > 0.5)
    for model in sorted({r["model"] for r in chosen}):
        mine = np.array([r["model"] == model for r in chosen])
        line("refusal", "  " + model[:26], p[mine], y[mine] > 0.5)
    partial = np.array([r["targets"]["degree"][1] == 1 for r in chosen])
    print(f"refusal      partials taken for refusals {(p[partial] >= 0.5).mean():.3f}")
    w = regression(x, y)
    for source in sorted({r["source"] for r in known} - {"xstest_odd"}):
        mine = [r for r in known if r["source"] == source
                and (r["targets"]["degree"][0] == 0 or sum(r["targets"]["degree"]) == 1)]
        t = np.array([r["targets"]["degree"][0] == 0 for r in mine])
        if t.any() and not t.all():
            line("refusal", source, logistic(parts(mine) @ w), t)
    return tuple(w)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scores", type=pathlib.Path, required=True, help="from measure.py")
    parser.add_argument("--linear", type=pathlib.Path, required=True,
                        help="rows of `demur score --out` on the replies that measure.py wrote")
    parser.add_argument("--properties", type=pathlib.Path, required=True, help="to be written")
    parser.add_argument("--version", type=int, default=1)
    arguments = parser.parse_args()
    rows = data.read(arguments.scores)
    plain = {name: (1.0, 0.0) for name, _, how in LAYOUT if how == "binary"}
    plain["harm"] = binary(rows, "harm")
    linear = {}
    for row in data.read(arguments.linear):
        if row["p_degree"]:
            linear[row["id"]] = (row["p_refusal"], row["p_leakage"], row["p_response_harm"])
    plain["refusal"] = refusal(rows, linear)
    plain["full"] = (1.0, 0.0, 0.0)
    joined("leakage", rows, linear, lambda r: r[1], False)  # no gain: it stays the linear judge's
    plain["answer_harm"] = joined("answer_harm", rows, linear, lambda r: r[2], True)
    arguments.properties.write_text(card(arguments.version, plain), encoding="utf-8")
    print(arguments.properties.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
