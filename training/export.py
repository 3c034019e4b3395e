"""Writes the trained encoder as int8 ONNX, checks it against PyTorch, and lays out its card.

The int8 file is quantised dynamically, per channel. Fails where its numbers are far from the float
ones, so that a broken export cannot ship unnoticed.
"""

import argparse
import pathlib
import tempfile

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from bert import Encoder
from heads import LAYOUT, WIDTH
from train import PROMPT, REPLY_HEAD, REPLY_TAIL, REQUEST_HEAD, REQUEST_TAIL

INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
DRIFT_MAX = 0.5


def export(model, path):
    ids = torch.randint(1000, 20000, (2, 16))
    like = (ids, torch.ones_like(ids), torch.zeros_like(ids))
    with tempfile.TemporaryDirectory() as folder:
        whole = str(pathlib.Path(folder) / "whole.onnx")
        torch.onnx.export(
            model, like, whole, input_names=INPUTS, output_names=["scores"],
            dynamic_axes={**{n: {0: "rows", 1: "tokens"} for n in INPUTS}, "scores": {0: "rows"}},
            opset_version=17, dynamo=False)
        quantize_dynamic(whole, str(path), weight_type=QuantType.QInt8, per_channel=True)


def drift(model, path):
    """Mean distance between int8 and float log-odds on random tokens."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options)
    rng, far = np.random.default_rng(1), []
    for _ in range(20):
        ids = rng.integers(1000, 20000, (1, 60))
        feed = [ids, np.ones_like(ids), np.zeros_like(ids)]
        got = session.run(None, dict(zip(INPUTS, feed)))[0]
        with torch.no_grad():
            far.append(np.abs(got - model(*map(torch.tensor, feed)).numpy()).mean())
    return float(np.mean(far))


def card(version, calibration):
    """The lines of the properties file beside the model."""
    lines = [f"version={version}", f"width={WIDTH}", f"cut.request={REQUEST_HEAD} {REQUEST_TAIL}",
             f"cut.exchange={PROMPT} {REPLY_HEAD} {REPLY_TAIL}"]
    at = 0
    for name, labels, how in LAYOUT:
        lines.append(f"head.{name}={at} {how} {' '.join(labels)}")
        at += len(labels)
    lines += [f"calibration.{name}={' '.join(f'{v:.4f}' for v in values)}"
              for name, values in sorted(calibration.items())]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", required=True, help="what train.py wrote")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder for the files")
    parser.add_argument("--layers", type=int, default=9)
    parser.add_argument("--version", type=int, default=1)
    arguments = parser.parse_args()
    model = Encoder(arguments.layers, WIDTH)
    model.load_state_dict(torch.load(arguments.weights))
    model.eval()
    model.fused = False
    arguments.out.mkdir(parents=True, exist_ok=True)
    path = arguments.out / "encoder.onnx"
    export(model, path)
    far = drift(model, path)
    print(f"{path}: {path.stat().st_size} bytes, int8 differs by {far:.3f} log-odds on average")
    if far > DRIFT_MAX:
        raise SystemExit("the int8 file is too far from the float one")
    # Slope and shift of each head's log-odds; calibrate.py replaces these.
    plain = {name: (1.0, 0.0) for name, _, how in LAYOUT
             if how == "binary" and name != "answer_harm"}
    (arguments.out / "encoder.properties").write_text(card(arguments.version, plain))


if __name__ == "__main__":
    main()
