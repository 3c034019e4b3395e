"""Reads the corpora and turns each row into what the heads can learn from it.

The division of groups into lots is the same as in `io.demur.eval.train.Example.lot`, so that what
one judge has not seen, none has: lots below 20 of the project's own rows, and of the questions of
gptfuzz, are held out.
"""

import json
import pathlib
import re

from heads import BEARERS, DEGREES, FORMS, HAZARDS, KINDS

HERE = pathlib.Path(__file__).parent
# Shared with the trainers of the linear judges, which read them as resources.
TABLES = HERE.parent / "eval/src/main/resources/io/demur/eval/train"

HELD_OUT_PERCENT = 20

# How far a row is trusted, and how many rows of a source are enough (none: all).
REQUESTS = {
    "advbench": (0.6, None), "harmbench": (1.0, None), "multijail": (1.0, None),
    "catqa_english": (0.8, None), "harmfulqa": (0.5, 1000), "dangerousqa": (0.8, None),
    "openai_moderation": (0.4, None), "mitre_frr": (0.4, 400), "self_instruct": (0.6, None),
    "mt_bench": (0.6, None), "just_eval_general": (0.6, 800), "coconot": (0.8, None),
    "med_safety": (0.4, 450),
}
REPLIES = {
    "chatgpt_refusals": (1.0, None), "rbr_gold": (0.5, None), "gptfuzz": (0.6, 2600),
    "latent_jailbreak": (0.3, 500), "coconot": (0.5, 700), "med_safety": (0.3, 250),
    "just_eval_safety": (0.5, 900), "just_eval_general": (0.6, 900),
    "orbench_legal": (0.3, 600), "self_instruct": (0.5, 300), "refusalbench": (0.15, 200),
}
OWN_HARM = ["harm_" + c for c in "abcdefghijkl"]
OWN_REPLIES = [
    "answers", "described", "gaps", "hardneg", "kinds", "lookalikes", "partial", "premise",
    "premise_b", "pushback", "styles",
]
REFUSAL_OPENING = re.compile(
    r"(i['’]?m (very |really |so )?sorry,? (but )?i|i apologi[sz]e,? but|as an ai|moral disclaimer"
    r"|\bi (can ?not|can['’]?t|won['’]?t|will not|am unable to|am not able to) "
    r"(assist|help|provide|fulfil|engage|offer|support|condone|comply|do that|answer|give)"
    r"|is (illegal|unethical|immoral)( and| or|[,.]))", re.I)


def lot(group):
    """A number below 100 for a group; the same arithmetic as in Java, on 32 bits."""
    h = 17
    encoded = group.encode("utf-16-le")
    for i in range(0, len(encoded), 2):
        h = (h * 31 + encoded[i] + 256 * encoded[i + 1]) & 0xFFFFFFFF
    h ^= h >> 16
    h = (h * 0x85EBCA6B) & 0xFFFFFFFF
    h ^= h >> 13
    return (h - (1 << 32) if h >= 1 << 31 else h) % 100


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def table(name):
    rows = []
    for line in (TABLES / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            rows.append(line.split("\t"))
    return rows


HAZARD_ROWS = table("hazards.tsv")
BEARER_OF = dict(table("bearers.tsv"))


def hazard(source, category):
    for prefix, start, name in HAZARD_ROWS:
        if source.startswith(prefix) and category.startswith(start):
            return name
    return None


def structured(row):
    label = row["orig_label"]
    return label if isinstance(label, dict) else {}


def group(row):
    """What may not lie on both sides of a split; the words are those of the Java side."""
    label, source = structured(row), row["source"]
    if source.startswith("own_harm_"):
        if label.get("frame"):
            return f"{source}#{label['frame']}"
        if label.get("pair") is not None:
            return f"{source}#{label['pair']}"
        if source == "own_harm_e":
            return f"{source}#{(int(row['id'].rsplit('-', 1)[1]) + 1) // 2}"
    if source == "own_lookalikes" and label.get("prompt_group") is not None:
        return f"{source}{label['prompt_group']}"
    if source in ("own_partial", "own_described") and label.get("group") is not None:
        return f"{source}{label['group']}"
    return source + (row["prompt"] or "")


def held_out(row):
    own = row["source"].startswith("own_")
    return (own or row["source"] == "gptfuzz") and lot(group(row)) < HELD_OUT_PERCENT


def plain(text):
    """Blanks in square brackets mark most harmful deliveries of the own rows: a shortcut."""
    return re.sub(r"\[([^\[\]]{1,60})\]", r"\1", text)


def said(turns):
    """The conversation before the last reply: system text and what the user said, in order."""
    system = " ".join(t["content"] for t in turns if t["role"] == "system")
    user = [t["content"] for t in turns if t["role"] == "user"]
    return system, user


def request_rows(folder, keep):
    """What was asked: dicts with `text` and a target for each head that the row speaks of."""
    result = []
    names = [(f"train/{s}.jsonl", *spec) for s, spec in REQUESTS.items()]
    names += [(f"own/{s}.jsonl", 1.0, None) for s in OWN_HARM + ["lookalikes"]]
    for name, trust, enough in names:
        taken, seen = [], set()
        for row in read(folder / name):
            label = row["prompt_label"]
            text = row["prompt"] or ""
            if row["source"] == "just_eval_general" and row["prompt_label"] is None:
                label = "benign"
            if label not in ("harmful", "benign") or not text or text in seen or not keep(row):
                continue
            if row["source"] == "coconot" and label == "harmful" and "safety" not in row["category"]:
                continue
            seen.add(text)
            taken.append(request_row(row, text, label == "harmful", trust))
        result += thin(taken, enough)
    return result


def request_row(row, text, harmful, trust):
    own = row["source"].startswith("own_")
    targets = {"harm": [float(harmful)]}
    name = hazard(row["source"], row["category"] or "") if harmful else None
    if name:
        targets["hazards"] = [float(h == name) for h in HAZARDS]
    elif not harmful:
        targets["hazards"] = [0.0] * len(HAZARDS)
    label = structured(row)
    if own and harmful and "severity" in label:
        targets["severity"] = [float(label["severity"] == s) for s in (1, 2, 3)]
        if sum(targets["severity"]) == 0:
            del targets["severity"]
        targets["externalised"] = [float(bool(label.get("externalised")))]
        if label.get("reversible") is not None:
            targets["reversible"] = [float(label["reversible"])]
        groups = {BEARER_OF.get(word, "others") for word in label.get("bearers", [])}
        if groups:
            targets["bearers"] = [float(b in groups) for b in BEARERS]
    return {"id": row["id"], "source": row["source"], "group": group(row), "prompt": text,
            "reply": None, "targets": targets, "weight": trust}


def reply_rows(folder, keep):
    result = []
    names = [(f"train/{s}.jsonl", *spec) for s, spec in REPLIES.items()]
    names += [(f"own/{s}.jsonl", 1.5, None) for s in OWN_REPLIES]
    for name, trust, enough in names:
        taken = []
        for row in read(folder / name):
            if keep(row):
                taken += list(reply_row(row, trust))
        result += thin(taken, enough)
    return result


def reply_row(row, trust):
    label = structured(row)
    turns = row["turns"] or []
    if label.get("per_turn"):
        asked, at = [], 0
        for turn in turns:
            if turn["role"] == "user":
                asked.append(turn["content"])
            elif turn["role"] == "assistant" and at < len(label["per_turn"]):
                degree = degree_of(label["per_turn"][at])
                at += 1
                last = at == len(label["per_turn"])
                targets = {"degree": [float(d == degree) for d in DEGREES]}
                if last and row["response_harmful"] is not None:
                    targets["answer_harm"] = [float(row["response_harmful"])]
                prompt = asked[0] if len(asked) == 1 else asked[0] + "\n" + asked[-1]
                yield pair(row, prompt, turn["content"], targets, trust * 0.6)
        return
    text = row["response"] or ""
    if not text.strip():
        return
    system, user = said(turns)
    prompt = user[-1] if user else (row["prompt"] or "")
    if system:
        prompt = " ".join(system.split()[:24]) + "\n" + prompt
    targets = reply_targets(row, text, label)
    if targets:
        yield pair(row, prompt, text, targets, trust)


def pair(row, prompt, reply, targets, weight):
    own = row["source"].startswith("own_")
    return {"id": row["id"], "source": row["source"], "group": group(row),
            "prompt": prompt, "reply": plain(reply) if own else reply,
            "targets": targets, "weight": weight}


def degree_of(label):
    return {"compliance": "COMPLIANCE", "partial_refusal": "PARTIAL",
            "full_refusal": "FULL"}.get(label)


def reply_targets(row, text, label):
    """A target of a head is a vector; for `degree` and `kind` it may allow several labels."""
    targets = {}
    degrees = reply_degrees(row, text)
    if degrees:
        targets["degree"] = [float(d in degrees) for d in DEGREES]
    refused = degrees and "COMPLIANCE" not in degrees
    if refused and (label.get("kind") or "").upper() in KINDS:
        targets["kind"] = [float(k == label["kind"].upper()) for k in KINDS]
    if refused and row["source"].startswith("own_") and label.get("form"):
        targets["forms"] = [float(f.lower() in label["form"]) for f in FORMS]
    tone = {"tone rejected": "DIRECT", "tone contradicted": "PREMISE",
            "tone redirected": "REDIRECT", "tone disclaimed": "DISCLAIM"}.get(
                row["orig_label"] if isinstance(row["orig_label"], str) else "")
    if tone:
        targets["forms"] = [float(f == tone) for f in FORMS]
    harmful = row["response_harmful"]
    if harmful is None and row["source"] in ("just_eval_general", "self_instruct", "coconot"):
        harmful = False
    if harmful is not None:
        targets["answer_harm"] = [float(harmful)]
    if row["source"] == "gptfuzz" and harmful is not None:
        targets["leakage"] = [float(harmful and bool(REFUSAL_OPENING.search(text[:300])))]
    elif "leakage" in label:
        targets["leakage"] = [float(bool(label["leakage"]))]
    elif row["source"] in ("just_eval_general", "self_instruct") or degrees == {"FULL"}:
        targets["leakage"] = [0.0]
    return targets


def reply_degrees(row, text):
    source, label = row["source"], row["orig_label"]
    opens = bool(REFUSAL_OPENING.search(text[:300]))
    if source == "chatgpt_refusals":
        return {"tone complied": {"COMPLIANCE"}, "tone rejected": {"FULL"},
                "tone dontknow": {"FULL"}, "tone contradicted": {"PARTIAL", "FULL"},
                "tone redirected": {"PARTIAL", "FULL"},
                "tone disclaimed": {"PARTIAL", "FULL"}}.get(label, set())
    if source == "gptfuzz":
        if row["response_harmful"]:
            return {"COMPLIANCE", "PARTIAL"} if opens else {"COMPLIANCE"}
        return {"PARTIAL", "FULL"}
    if source == "just_eval_safety":
        return {"PARTIAL", "FULL"} if row["response_harmful"] is False and opens else set()
    if source in ("just_eval_general", "self_instruct"):
        return {"COMPLIANCE"}
    degree = degree_of(row["response_label"])
    if source == "refusalbench" and degree == "PARTIAL":
        return set()
    return {degree} if degree else set()


def thin(rows, enough):
    """Every n-th row in an order that depends on the prompt alone, as many as are enough."""
    if enough is None or len(rows) <= enough:
        return rows
    # Harmful replies are the rarer and the dearer ones.
    rank = sorted(rows, key=lambda r: (-sum(r["targets"].get("leakage", [0])), lot(
        r["id"] + r["prompt"]), r["id"]))
    return sorted(rank[:enough], key=lambda r: r["id"])
