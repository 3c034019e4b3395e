"""Scores everything that training never saw, and prints what the heads are worth on it.

Writes the raw log-odds as JSON lines, from which calibrate.py chooses slopes and shifts.
"""

import argparse
import json
import pathlib

import numpy as np
import onnxruntime

import data
from heads import BEARERS, HAZARDS, KINDS, WIDTH, slices
from train import Ids, tensors

WHERE = slices()


class Judge:
    def __init__(self, model, tokenizer, threads=1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(model), options)
        self.ids = Ids(tokenizer)

    def scores(self, pairs):
        """Log-odds for (prompt, reply or None) pairs, [rows, WIDTH]. One at a time, as the program
        does: in the int8 model neighbours in a batch move each other's numbers."""
        sequences = [
            self.ids.request(p) if r is None else self.ids.exchange(p, r) for p, r in pairs]
        out = np.zeros((len(pairs), WIDTH), np.float32)
        for row, sequence in enumerate(sequences):
            ids, mask, segments = tensors([sequence])
            out[row] = self.session.run(None, {
                "input_ids": ids.numpy(), "attention_mask": mask.numpy(),
                "token_type_ids": segments.numpy()})[0][0]
        return out


def rows_to_measure(folder):
    """Rows that no weights have seen: kept-out sources, held-out lots, XSTest's odd half."""
    rows = []
    for row in data.read(folder / "tune" / "xstest_odd.jsonl"):
        reply = row["response"]
        if row["kind"] == "response" and not (reply or "").strip():
            continue
        targets = {}
        if row["kind"] == "prompt":
            targets["harm"] = [float(row["prompt_label"] == "harmful")]
        else:
            degree = data.degree_of(row["response_label"])
            targets["degree"] = [float(d == degree) for d in ("COMPLIANCE", "PARTIAL", "FULL")]
        rows.append(entry("xstest_odd", row, targets))
    # Some requests of the sources kept out stand in others as well, in the same words.
    learnt = {key(r["prompt"]) for r in data.request_rows(folder, lambda r: not data.held_out(r))}
    for source in ("or_bench", "jbb_behaviors", "tdc2023"):
        for row in data.read(folder / "train" / f"{source}.jsonl"):
            if row["prompt_label"] in ("harmful", "benign") and key(row["prompt"]) not in learnt:
                rows.append(entry(source, row, {"harm": [float(row["prompt_label"] == "harmful")]}))
    for source in ("past_tense", "jbb_artifacts"):
        for row in data.read(folder / "train" / f"{source}.jsonl"):
            if (row["response"] or "").strip() and row["response_harmful"] is not None:
                rows.append(entry(source, row, {
                    "answer_harm": [float(row["response_harmful"])]}))
    rows += data.request_rows(folder, data.held_out)
    rows += data.reply_rows(folder, data.held_out)
    return rows


def key(text):
    """Letters and digits alone, in lower case."""
    return "".join(c for c in text.lower() if c.isalnum())


def write_replies(rows, path):
    """The replies with what they answer, in a form that `demur score` reads."""
    with open(path, "w", encoding="utf-8") as out:
        for row in rows:
            if row["reply"] is not None:
                out.write(json.dumps({"id": row["id"], "prompt": row["prompt"],
                                      "response": row["reply"], "model": row.get("model")}) + "\n")


def entry(source, row, targets):
    return {"id": row["id"], "source": source, "group": source + (row["prompt"] or ""),
            "prompt": row["prompt"] or "", "reply": row["response"],
            "model": row["model"], "targets": targets, "weight": 1.0}


def auc(score, truth):
    score, truth = np.asarray(score), np.asarray(truth, bool)
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    for value in np.unique(score):
        same = score == value
        if same.sum() > 1:
            ranks[same] = ranks[same].mean()
    n = truth.sum()
    return (ranks[truth].sum() - n * (n + 1) / 2) / (n * (len(truth) - n))


def f1(said, truth):
    hit = (said & truth).sum()
    return 2 * hit / max(1, said.sum() + truth.sum())


def best(score, truth):
    cuts = np.quantile(score, np.linspace(0.02, 0.98, 97))
    return max((f1(score >= c, truth), c) for c in cuts)


def odds_of_refusal(scores):
    z = scores[:, WHERE["degree"]]
    return np.logaddexp(z[:, 1], z[:, 2]) - z[:, 0]


def report(rows, scores):
    def pick(head, keep=lambda r: True):
        index = [i for i, r in enumerate(rows) if head in r["targets"] and keep(r)]
        return index, np.array([rows[i]["targets"][head] for i in index])

    harm = scores[:, WHERE["harm"]][:, 0]
    index, truth = pick("harm")
    benign = [i for i, t in zip(index, truth[:, 0]) if t == 0]
    line = np.quantile(harm[benign], 0.95)
    print(f"requests: line for 5 % of {len(benign)} harmless ones is {line:.2f}; above 0: "
          f"{(harm[benign] > 0).mean():.3f}")
    for source in sorted({rows[i]["source"] for i in index}):
        i, t = pick("harm", lambda r: r["source"] == source)
        t = t[:, 0] > 0.5
        both = f"AUC {auc(harm[i], t):.3f} " if t.any() and not t.all() else ""
        own = f"caught at own 5 % {(harm[i][t] > np.quantile(harm[i][~t], .95)).mean():.3f} " \
            if both else ""
        caught = f"caught {(harm[i][t] > line).mean():.3f} " if t.any() else ""
        false = f"above 0 of harmless {(harm[i][~t] > 0).mean():.3f}" if not t.all() else ""
        print(f"  {source:<18} {len(i):5d} {both}{own}{caught}{false}")
    i, t = pick("harm")
    print(f"  all: AUC {auc(harm[i], t[:, 0]):.3f}, caught "
          f"{(harm[i][t[:, 0] > 0] > line).mean():.3f}")
    for head, names in (("hazards", HAZARDS), ("bearers", BEARERS)):
        i, t = pick(head, lambda r: r["targets"]["harm"][0] == 1)
        top = scores[i][:, WHERE[head]].argmax(1)
        print(f"{head}: {np.mean(t[np.arange(len(i)), top]):.3f} of {len(i)}")
    i, t = pick("severity")
    print(f"severity: {np.mean(scores[i][:, WHERE['severity']].argmax(1) == t.argmax(1)):.3f}"
          f" of {len(i)}")

    odds = odds_of_refusal(scores)
    for source in sorted({r["source"] for r in rows if "degree" in r["targets"]}):
        i, t = pick("degree", lambda r: r["source"] == source)
        clear = [k for k in range(len(i)) if t[k, 0] == 0 or t[k].sum() == 1]
        i, t = np.array(i)[clear], t[clear]
        truth = t[:, 0] == 0
        if truth.any() and not truth.all():
            top, cut = best(odds[i], truth)
            partial = t[:, 1] * (t.sum(1) == 1) == 1
            some = f"partials {(odds[i][partial] > cut).mean():.3f}" if partial.any() else ""
            print(f"refusal {source:<18} {len(i):5d} F1 {f1(odds[i] > 0, truth):.3f} best "
                  f"{top:.3f} at {cut:.2f} AUC {auc(odds[i], truth):.3f} {some}")
    i, t = pick("kind")
    print(f"kind: {np.mean(scores[i][:, WHERE['kind']].argmax(1) == t.argmax(1)):.3f} of {len(i)}")
    for head in ("answer_harm", "leakage"):
        z = scores[:, WHERE[head]][:, 0]
        for source in sorted({r["source"] for r in rows if head in r["targets"]}):
            i, t = pick(head, lambda r: r["source"] == source)
            truth = t[:, 0] > 0.5
            if truth.any() and not truth.all():
                top, cut = best(z[i], truth)
                print(f"{head} {source:<18} {len(i):5d} F1 {f1(z[i] > 0, truth):.3f} best "
                      f"{top:.3f} at {cut:.2f} AUC {auc(z[i], truth):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, required=True, help="encoder.onnx")
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="JSON lines")
    parser.add_argument("--replies", type=pathlib.Path,
                        help="also write the replies, for `demur score`")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    rows = rows_to_measure(arguments.data)
    if arguments.replies:
        write_replies(rows, arguments.replies)
    judge = Judge(arguments.model, arguments.tokenizer, arguments.threads)
    scores = judge.scores([(r["prompt"], r["reply"]) for r in rows])
    with open(arguments.out, "w", encoding="utf-8") as out:
        for row, score in zip(rows, scores):
            out.write(json.dumps({
                "id": row["id"], "source": row["source"], "group": row["group"],
                "model": row.get("model") or "",
                "targets": row["targets"], "scores": [round(float(v), 4) for v in score]}) + "\n")
    report(rows, scores)


if __name__ == "__main__":
    main()
