"""Fits what judges whether a request lies outside of a deployment's scope, on the shipped encoder.

Reads the shipped encoder and lists, and the deployments that are there to fit to; writes
`scope.weights`, which `EncoderScope` reads: big-endian floats in the order of `write`.
"""

import argparse
import hashlib
import struct
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from tokenizers import Tokenizer

LAYERS = (4, 6)
STATE = "/blocks.%d/last_norm/LayerNormalization_output_0"
PLACES = 80
HEAD, TAIL = 120, 40
OVERLAP = 0.02
SPOKEN = 1.0


def read(path):
    sections, name = {}, ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("purpose:"):
            sections["purpose"] = line[8:].strip()
        elif line.startswith("["):
            name = line[1:-1]
        elif line and not line.startswith("#"):
            sections.setdefault(name, []).append(line)
    return sections


class States:
    """The means of two layers' states over the tokens of a text."""

    def __init__(self, folder):
        model = onnx.load(folder / "encoder.onnx")
        self.outputs = [STATE % layer for layer in LAYERS]
        for output in self.outputs:
            model.graph.output.append(
                onnx.helper.make_tensor_value_info(output, onnx.TensorProto.FLOAT, None))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(model.SerializeToString(), options)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()

    def __call__(self, text):
        ids = self.tokenizer.encode(text, add_special_tokens=False).ids
        if len(ids) > HEAD + TAIL:
            ids = ids[:HEAD] + ids[-TAIL:]
        ids = np.array([[101, *ids, 102]], dtype=np.int64)
        states = self.session.run(self.outputs, {
            "input_ids": ids, "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids)})
        return [state[0].mean(0).astype(np.float64) for state in states]


def unit(v):
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


class Space:
    """Both layers turned to their widest directions over general texts, those evened out."""

    def __init__(self, states, background):
        self.states = states
        self.centre, self.turn = [], []
        raw = [states(text) for text in background]
        for layer in range(len(LAYERS)):
            points = np.array([r[layer] for r in raw])
            centre = points.mean(0)
            _, s, v = np.linalg.svd(points - centre, full_matrices=False)
            self.centre.append(centre)
            self.turn.append(v[:PLACES].T / np.sqrt(s[:PLACES]))

    def __call__(self, text):
        return unit(np.concatenate([
            unit((state - centre) @ turn)
            for state, centre, turn in zip(self.states(text), self.centre, self.turn)]))


def logistic(x, y, penalty, weights=None):
    """Weights and bias; the bias bears no penalty."""
    x1 = np.c_[x, np.ones(len(x))]
    w = np.zeros(x1.shape[1])
    each = np.ones(len(x)) if weights is None else weights
    ridge = np.eye(len(w)) * penalty
    ridge[-1, -1] = 0
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x1 @ w)))
        gradient = x1.T @ (each * (p - y)) + ridge @ w
        hessian = (x1 * (each * p * (1 - p))[:, None]).T @ x1 + ridge
        w -= np.linalg.solve(hessian, gradient)
    return w[:-1], w[-1]


def features(deployment, general, spoken, service, point):
    inside, outside = deployment
    near = inside @ point
    return [near.max(), near.mean(), (outside @ point).max() if len(outside) else 0.0,
            (general @ point).max(), (spoken @ point).max(), point @ service[0] + service[1]]


def probability(x, final):
    """What is said to the service itself lies outside of none."""
    p = 1 / (1 + np.exp(-(x @ final[0] + final[1])))
    return np.where(x[:, -1] > SPOKEN, p / (1 + np.exp(x[:, -1])), p)


def write(path, digest, space, general, spoken, service, final):
    with path.open("wb") as out:
        def floats(values):
            flat = np.asarray(values, dtype=">f4").ravel()
            out.write(flat.tobytes())
        out.write(bytes.fromhex(digest))
        out.write(struct.pack(">iiii", len(LAYERS), PLACES, len(general), len(spoken)))
        for centre, turn in zip(space.centre, space.turn):
            floats(centre)
            floats(turn)
        floats(general)
        floats(spoken)
        floats(service[0])
        floats([service[1]])
        floats(final[0])
        floats([final[1]])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--deployments", type=Path, required=True)
    parser.add_argument("--fresh", type=Path)
    options = parser.parse_args()
    lists = options.encoder / "scope"
    general_texts = read(lists / "general.txt")[""]
    service_texts = read(lists / "service.txt")[""]
    space = Space(States(options.encoder), general_texts + service_texts)
    general = np.array([space(text) for text in general_texts])
    spoken = np.array([space(text) for text in service_texts])
    y = np.r_[np.ones(len(spoken)), np.zeros(len(general))]
    balance = np.where(y == 1, len(y) / 2 / len(spoken), len(y) / 2 / len(general))
    service = logistic(np.r_[spoken, general], y, 0.1, balance)

    def rows(folder):
        found = []
        for path in sorted(folder.glob("*.txt")):
            d = read(path)
            vectors = lambda name: np.array([space(text) for text in d.get(name, [])])
            deployment = (vectors("inside examples"), vectors("outside examples"))
            for section in ("inside", "outside", "answered"):
                for text in d[section]:
                    if text.isascii() and " >> " not in text:
                        found.append((path.stem, section, text,
                                      features(deployment, general, spoken, service, space(text))))
        return found

    fitted = rows(options.deployments)
    x = np.array([r[3] for r in fitted])
    y = np.array([float(r[1] == "outside") for r in fitted])
    names = np.array([r[0] for r in fitted])
    spread = x.std(0)

    def fit(which):
        w, b = logistic(x[which] / spread, y[which], 3.0)
        return w / spread, b

    crossed = np.zeros(len(y))
    for name in sorted(set(names)):
        w, b = fit(names != name)
        crossed[names == name] = probability(x[names == name], (w, b))
    report("across deployments", crossed, y)
    final = fit(np.ones(len(y), dtype=bool))
    print("line at", np.quantile(crossed[y == 0], 1 - OVERLAP), "weights", final)
    if options.fresh:
        fresh = rows(options.fresh)
        p = probability(np.array([r[3] for r in fresh]), final)
        report("fresh", p, np.array([float(r[1] == "outside") for r in fresh]))
    digest = hashlib.sha256()
    for file in ("encoder.onnx", "encoder.properties", "tokenizer.json"):
        digest.update((options.encoder / file).read_bytes())
    write(options.encoder / "scope.weights", digest.hexdigest(), space, general, spoken, service,
          final)


def report(name, p, y):
    auc = np.mean(p[y == 1][:, None] > p[y == 0][None])
    print("%s: %d outside, %d others, AUC %.3f" % (name, y.sum(), len(y) - y.sum(), auc))
    for line in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        print("  from %.1f: outside %.3f, others %.3f"
              % (line, np.mean(p[y == 1] >= line), np.mean(p[y == 0] >= line)))


if __name__ == "__main__":
    main()
