"""Fits what judges whether what a passage tells of would be harmful to help with, on the shipped
encoder.

Learns from the project's own passages that describe rather than instruct, and from harmless replies
of other corpora; writes `subject.weights`, which `EncoderSubject` reads: the encoder's digest, then
big-endian floats, one for each place of the states and the shift.
"""

import argparse
import hashlib
import struct
from pathlib import Path

import numpy as np

import data
from scope import States

# Of a reply, what the gateway first sees of it, and as much as it sees at once.
HEAD, WINDOW = 160, 480
# Harmless replies of other corpora, which are not about what the passages are about.
OTHERS = 0.5
OWN = 700
ORDINARY = {"just_eval_general": 250, "self_instruct": 100, "coconot": 200}
PULL = 30.0


def described(folder):
    result = []
    for row in data.read(folder / "own" / "described.jsonl"):
        if row["lang"] == "en":
            reply, harmful = row["response"], float(row["response_harmful"])
            result.append((reply[:WINDOW], harmful, 1.0, data.held_out(row)))
            if len(reply) > HEAD and not data.held_out(row):
                result.append((reply[:HEAD], harmful, 0.5, False))
    return result


def harmless(folder):
    """Replies that do no harm, to requests of all kinds; refusals among them."""
    rows = data.reply_rows(folder, lambda row: not data.held_out(row))
    rows = [row for row in rows if row["targets"].get("answer_harm") == [0.0]]
    own = [row for row in rows
           if row["source"].startswith("own_") and row["source"] != "own_described"]
    result = data.thin(own, OWN)
    for source, enough in ORDINARY.items():
        result += data.thin([row for row in rows if row["source"] == source], enough)
    return [(row["reply"][:WINDOW if i % 2 else HEAD], 0.0, OTHERS, False)
            for i, row in enumerate(result)]


def regression(x, y, weights):
    """Logistic regression by Newton's method on columns of spread one."""
    centre, spread = x.mean(0), x.std(0) + 1e-3
    z = np.c_[(x - centre) / spread, np.ones(len(x))]
    pull = np.full(z.shape[1], PULL)
    pull[-1] = 1e-6
    w = np.zeros(z.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        gradient = z.T @ (weights * (p - y)) + pull * w
        curve = (z * (weights * p * (1 - p))[:, None]).T @ z + np.diag(pull)
        step = np.linalg.solve(curve, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w[:-1] / spread, w[-1] - (centre / spread) @ w[:-1]


def auc(odds, y):
    return np.mean(odds[y == 1][:, None] > odds[y == 0][None])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="has train/ and own/")
    parser.add_argument("--encoder", type=Path, required=True)
    options = parser.parse_args()
    rows = described(options.data) + harmless(options.data)
    states = States(options.encoder)
    x = np.array([np.concatenate(states(text)) for text, _, _, _ in rows])
    y, weights, held = (np.array([row[i] for row in rows]) for i in (1, 2, 3))
    learnt = held == 0
    w, b = regression(x[learnt], y[learnt], weights[learnt])
    print(f"{learnt.sum()} passages, {int(y[learnt].sum())} harmful; of {(~learnt).sum()} held out, "
          f"{int(y[~learnt].sum())} harmful, AUC {auc(x[~learnt] @ w + b, y[~learnt]):.3f}")
    digest = hashlib.sha256()
    for file in ("encoder.onnx", "encoder.properties", "tokenizer.json"):
        digest.update((options.encoder / file).read_bytes())
    floats = [*w, b]
    (options.encoder / "subject.weights").write_bytes(
        digest.digest() + struct.pack(f">{len(floats)}f", *floats))


if __name__ == "__main__":
    main()
