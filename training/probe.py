"""Fits the rarer heads once more, on the finished encoder.

Hazard, bearers, severity and kind have a few thousand rows, which two epochs of fine-tuning hardly
move; a regression on the encoder's final state of these rows takes them as far as they go. The
strength of the pull towards zero is chosen by cross-validation over groups of the training rows.
"""

import argparse
import pathlib

import numpy as np
import torch

import data
from bert import Encoder
from calibrate import FOLDS
from heads import LAYOUT, WIDTH, slices
from train import Ids, sequence, tensors

PULLS = [0.3, 1.0, 3.0, 10.0, 30.0]
HEADS = ["hazards", "severity", "bearers", "kind"]


class NoWrap:
    """Requests as they stand."""

    @staticmethod
    def random():
        return 1.0


def states(model, rows, ids, size=16):
    """What the heads see of each row: the first token and the mean, [rows, 768]."""
    sequences = [sequence(r, ids, NoWrap) for r in rows]
    order = np.argsort([len(s[0]) for s in sequences], kind="stable")
    out = np.zeros((len(rows), model.head.in_features), np.float32)
    with torch.no_grad():
        for start in range(0, len(order), size):
            index = order[start:start + size]
            tokens, mask, segments = tensors([sequences[i] for i in index])
            x = model.states(tokens, mask, segments).float()
            seen = mask[..., None].float()
            mean = (x * seen).sum(1) / seen.sum(1)
            out[index] = torch.cat([x[:, 0], mean], 1).numpy()
    return out


def softmax(z):
    z = np.exp(z - z.max(1, keepdims=True))
    return z / z.sum(1, keepdims=True)


def regression(x, y, weights, pull, steps=400):
    """Softmax regression by accelerated gradient steps on standardised features, which are folded
    back into the weights. `y` are shares that sum to one."""
    middle, scale = x.mean(0), x.std(0) + 1e-3
    s = np.concatenate([(x - middle) / scale, np.ones((len(x), 1))], 1)
    v = (weights / weights.sum())[:, None]
    w = np.zeros((s.shape[1], y.shape[1]))
    ahead, momentum = w.copy(), 1.0
    rate = 1.0 / (0.5 * np.linalg.eigvalsh((s * v).T @ s)[-1] + pull / len(x))
    for _ in range(steps):
        gradient = s.T @ (v * (softmax(s @ ahead) - y)) + pull / len(x) * ahead
        step = ahead - rate * gradient
        after = (1 + np.sqrt(1 + 4 * momentum ** 2)) / 2
        ahead = step + (momentum - 1) / after * (step - w)
        w, momentum = step, after
    inner = w[:-1] / scale[:, None]
    return inner.T, w[-1] - middle @ inner


def balanced(y, trust):
    """Rare labels count more, by the root of how rare they are."""
    share = (y * trust[:, None]).sum(0) / trust.sum()
    return trust * (y / np.sqrt(np.maximum(share, 1e-3))).sum(1)


def right(z, y):
    return (y[np.arange(len(z)), z.argmax(1)] > 0).mean()


def fit(name, model, rows, held, ids):
    """Replaces one head; prints what it is worth on the held-out rows."""
    def chosen(rows):
        return [r for r in rows if name in r["targets"] and sum(r["targets"][name]) > 0]

    learn, judged = chosen(rows), chosen(held)
    x = states(model, learn, ids)
    y = np.array([r["targets"][name] for r in learn])
    y = y / y.sum(1, keepdims=True)
    weights = balanced(y, np.array([r["weight"] for r in learn]))
    fold = np.array([data.lot("probe" + r["group"]) % FOLDS for r in learn])
    worth = []
    for pull in PULLS:
        hits = []
        for k in range(FOLDS):
            w, b = regression(x[fold != k], y[fold != k], weights[fold != k], pull, 150)
            hits.append(right(x[fold == k] @ w.T + b, y[fold == k]))
        worth.append(np.mean(hits))
    pull = PULLS[int(np.argmax(worth))]
    w, b = regression(x, y, weights, pull)
    where = slices()[name]
    x, y = states(model, judged, ids), np.array([r["targets"][name] for r in judged])
    old = model.head(torch.tensor(x)).detach().numpy()[:, where]
    print(f"{name}: {len(learn)} rows, pull {pull}, cross-validated {max(worth):.3f}; "
          f"{len(judged)} held out: {right(old, y):.3f} before, {right(x @ w.T + b, y):.3f} now",
          flush=True)
    with torch.no_grad():
        model.head.weight[where] = torch.tensor(w, dtype=torch.float32)
        model.head.bias[where] = torch.tensor(b, dtype=torch.float32)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--weights", required=True, help="what train.py wrote")
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--layers", type=int, default=9)
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    model = Encoder(arguments.layers, WIDTH)
    model.load_state_dict(torch.load(arguments.weights))
    model.eval()
    ids = Ids(arguments.tokenizer)
    folder = arguments.data

    def both(keep):
        return data.request_rows(folder, keep) + data.reply_rows(folder, keep)

    rows, held = both(lambda row: not data.held_out(row)), both(data.held_out)
    for name, _, how in LAYOUT:
        if name in HEADS:
            assert how == "choice", name
            fit(name, model, rows, held, ids)
    torch.save(model.state_dict(), arguments.out)


if __name__ == "__main__":
    main()
