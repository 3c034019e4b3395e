"""Fine-tunes the encoder on requests and replies at once. See README.md for the command."""

import argparse
import json
import pathlib
import random
import re
import time

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn

import data
from bert import Encoder, load_base
from heads import LAYOUT, WIDTH, slices

CLS, SEP = 101, 102
REQUEST_HEAD, REQUEST_TAIL = 120, 40
PROMPT, REPLY_HEAD, REPLY_TAIL = 48, 100, 35
SMOOTHING = 0.05
WRAPPED = 0.12
# How much each head counts beside the others.
HEAD_WEIGHT = {"harm": 1.0, "hazards": 4.0, "severity": 0.3, "externalised": 0.2,
               "reversible": 0.1, "bearers": 3.0, "degree": 1.0, "kind": 0.4, "forms": 1.5,
               "answer_harm": 0.8, "leakage": 0.5}
MARK = re.compile(r"\[(CLS|SEP|PAD|MASK|UNK)\]")
WRAPPERS = (data.HERE / "wrappers.txt").read_text(encoding="utf-8").splitlines()


class Ids:
    """Text to token ids, cut as the Java side cuts."""

    def __init__(self, path):
        self.tokenizer = Tokenizer.from_file(str(path))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def of(self, text):
        # What a user wrote never becomes one of the model's own marks.
        plain = MARK.sub(r"[ \1 ]", text[:20000])
        return self.tokenizer.encode(plain, add_special_tokens=False).ids

    def request(self, text):
        ids = [CLS] + ends(self.of(text), REQUEST_HEAD, REQUEST_TAIL) + [SEP]
        return ids, [0] * len(ids)

    def exchange(self, prompt, reply):
        first = [CLS] + self.of(prompt)[:PROMPT] + [SEP]
        second = ends(self.of(reply), REPLY_HEAD, REPLY_TAIL) + [SEP]
        return first + second, [0] * len(first) + [1] * len(second)


def ends(ids, head, tail):
    return ids if len(ids) <= head + tail else ids[:head] + ids[-tail:]


def batches(lengths, size, rng):
    """Batches of alike length, in random order."""
    order = rng.permutation(len(lengths))
    result = []
    for chunk in np.array_split(order, max(1, len(order) // (size * 40))):
        chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
        result += [chunk[i:i + size] for i in range(0, len(chunk), size)]
    return [result[i] for i in rng.permutation(len(result))]


def tensors(sequences):
    longest = max(len(ids) for ids, _ in sequences)
    ids = torch.zeros(len(sequences), longest, dtype=torch.long)
    mask, segments = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, (a, b) in enumerate(sequences):
        ids[row, :len(a)] = torch.tensor(a)
        mask[row, :len(a)] = 1
        segments[row, :len(b)] = torch.tensor(b)
    return ids, mask, segments


def targets(rows):
    """Targets and, for each number, the weight with which its row speaks of it."""
    where = slices()
    y, w = torch.zeros(len(rows), WIDTH), torch.zeros(len(rows), WIDTH)
    for i, row in enumerate(rows):
        for name, values in row["targets"].items():
            y[i, where[name]] = torch.tensor(values)
            w[i, where[name]] = row["weight"] * HEAD_WEIGHT[name] / len(values)
    return y, w


def loss(out, y, w):
    """Binary heads by cross entropy of each number; choices by the mass on what is allowed."""
    total = out.new_zeros(())
    where = slices()
    for name, labels, how in LAYOUT:
        z, t, v = out[:, where[name]], y[:, where[name]], w[:, where[name]]
        if how == "binary":
            smooth = t * (1 - SMOOTHING) + SMOOTHING / 2
            each = nn.functional.binary_cross_entropy_with_logits(z, smooth, reduction="none")
            total = total + (each * v).sum()
        else:
            log = z.log_softmax(1)
            allowed = torch.logsumexp(log.masked_fill(t == 0, -1e4), 1)
            each = (1 - SMOOTHING) * allowed + SMOOTHING * log.mean(1)
            total = total - (each * v.sum(1)).sum()
    return total / len(out)


def fit(rows, arguments, ids):
    torch.manual_seed(arguments.seed)
    rng, wrap = np.random.default_rng(arguments.seed), random.Random(arguments.seed)
    model = Encoder(arguments.layers, WIDTH)
    load_base(model, arguments.base)
    heads = list(model.head.parameters())
    body = [p for n, p in model.named_parameters() if not n.startswith("head.")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": 0.0}, {"params": heads, "lr": 0.0}], weight_decay=0.01)
    epochs = []
    for epoch in range(arguments.epochs):
        # Requests are short and gain from every epoch; replies are long and one is enough.
        epochs.append([r for r in rows if r["reply"] is None or epoch == arguments.epochs - 1])
    size = arguments.batch
    steps = sum(len(e) // size + 1 for e in epochs)
    step, started, running = 0, time.time(), 0.0
    for epoch, chosen in enumerate(epochs):
        model.train()
        sequences = [sequence(r, ids, wrap) for r in chosen]
        lengths = np.array([len(s[0]) for s in sequences])
        for index in batches(lengths, size, rng):
            share = min(1.0, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps)
            optimiser.param_groups[0]["lr"] = arguments.rate * share
            optimiser.param_groups[1]["lr"] = 10 * arguments.rate * share
            y, w = targets([chosen[i] for i in index])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                out = model(*tensors([sequences[i] for i in index]))
            value = loss(out.float(), y, w)
            optimiser.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
            running = 0.98 * running + 0.02 * value.item()
            if step % 50 == 0:
                print(f"epoch {epoch} step {step}/{steps} loss {running:.3f} "
                      f"{time.time() - started:.0f} s", flush=True)
        torch.save(model.state_dict(), arguments.out)
    return model


def sequence(row, ids, wrap):
    prompt = row["prompt"]
    if row["reply"] is not None:
        return ids.exchange(prompt, row["reply"])
    if wrap.random() < WRAPPED:
        prompt = wrap.choice(WRAPPERS).replace("{}", prompt)
    return ids.request(prompt)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="has train/ and own/")
    parser.add_argument("--base", required=True, help="float32 ONNX file of bge-small-en-v1.5")
    parser.add_argument("--tokenizer", required=True, help="its tokenizer.json")
    parser.add_argument("--out", required=True, help="where the PyTorch weights go")
    parser.add_argument("--layers", type=int, default=9)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--requests", action="store_true", help="requests alone, for a trial")
    parser.add_argument("--limit", type=int, help="so many rows, for a trial")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    rows = data.request_rows(arguments.data, lambda row: not data.held_out(row))
    if not arguments.requests:
        rows += data.reply_rows(arguments.data, lambda row: not data.held_out(row))
    if arguments.limit:
        rows = random.Random(1).sample(rows, arguments.limit)
    print(json.dumps({"rows": len(rows), "layers": arguments.layers}), flush=True)
    fit(rows, arguments, Ids(arguments.tokenizer))


if __name__ == "__main__":
    main()
