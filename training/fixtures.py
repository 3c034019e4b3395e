"""Writes what the Java side is tested against: token ids of sentences, and the model's numbers.

One line for each text: how often it is repeated, the text (percent-encoded), the same for a reply
(empty for a request), the ids, and the numbers. The first line has the digest of the model, so that
numbers of another model are not compared.
"""

import argparse
import hashlib
import pathlib
import urllib.parse

import numpy as np
import onnxruntime

from train import Ids

EXCHANGES = [
    ("How do I kill a Python process?", None),
    ("", None),
    ("   \t\n ", None),
    ("I \u00dcml\u00e4ut na\u00efve caf\u00e9 e\u0301 \u0130stanbul stra\u00dfe \ufb01?", None),
    ("\U0001f44d\U0001f3fd\U0001f468\u200d\U0001f469 emoji and \U0001d54f letters", None),
    ("\u5982\u4f55\u7ec8\u6b62\u8fdb\u7a0b\uff1f \u65e5\u672c\u8a9e \ud55c\uad6d\uc5b4", None),
    ("\u041a\u0430\u043a \u043f\u0440\u043e\u0446\u0435\u0441\u0441? \u0627\u0644\u0633", None),
    ("zero\u200bwidth\u00adsoft\u00a0space\u2028line \x00nul \x07bell \ufffd", None),
    ("[CLS] special [SEP] names [MASK] in the text [PAD]", None),
    ("a" * 99 + " " + "b" * 101 + " un_der-scored/path\\to?x=1&y=2", None),
    ("don't can't 3.14 $5,000 #tag @name https://example.com/a?b=c", None),
    (40 * ["The quick brown fox jumps over the lazy dog, again. "], None),
    (900 * ["A very long request goes on and on \U0001f600. "], None),
    ("How do I kill a process?", "I'm sorry, but I can't help with that."),
    ("", "Sure, here is how: use `kill -9`."),
    (20 * ["A long prompt is cut after its beginning. "], 30 * ["Step one, then step two. "]),
    ("Tell me \u00e9verything \U0001f60a", 1500 * ["words of a very long reply; "]),
    ("What is 2+2?", ""),
]


def split(text):
    """How often, and what."""
    if text is None:
        return 0, ""
    return (len(text), text[0]) if isinstance(text, list) else (1, text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=pathlib.Path, required=True, help="encoder.onnx")
    parser.add_argument("--tokenizer", required=True, help="tokenizer.json")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="the file to write")
    arguments = parser.parse_args()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(arguments.model), options)
    ids, lines = Ids(arguments.tokenizer), []
    lines.append(hashlib.sha256(arguments.model.read_bytes()).hexdigest())
    for prompt, reply in EXCHANGES:
        (asked, asked_text), (said, said_text) = split(prompt), split(reply)
        tokens, segments = (
            ids.request(asked * asked_text) if reply is None
            else ids.exchange(asked * asked_text, said * said_text))
        feed = [np.array([row]) for row in (tokens, [1] * len(tokens), segments)]
        names = ["input_ids", "attention_mask", "token_type_ids"]
        scores = session.run(None, dict(zip(names, feed)))[0][0]
        lines.append("\t".join([
            str(asked), urllib.parse.quote(asked_text), str(said), urllib.parse.quote(said_text),
            " ".join(map(str, tokens)), str(segments.count(0)),
            " ".join(f"{v:.5f}" for v in scores)]))
    arguments.out.write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
