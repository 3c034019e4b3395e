"""What the encoder says: the layout of its output vector, the same for training, export and the
Java reader (which gets it from the card beside the model)."""

HAZARDS = [
    "VIOLENT_CRIMES", "SEX_RELATED_CRIMES", "CHILD_SEXUAL_EXPLOITATION",
    "SUICIDE_AND_SELF_HARM", "INDISCRIMINATE_WEAPONS", "HATE", "NON_VIOLENT_CRIMES", "PRIVACY",
    "INTELLECTUAL_PROPERTY", "DEFAMATION", "SEXUAL_CONTENT", "SPECIALIZED_ADVICE",
    "ADVERSE_PROCESSING", "EXTERNALISED_HARM",
]
BEARERS = [
    "public", "person", "children", "workers", "minority", "vulnerable", "customers", "patients",
    "business", "animals", "environment", "asker", "institutions", "voters", "others",
]
SEVERITIES = ["MINOR", "SERIOUS", "GRAVE"]
DEGREES = ["COMPLIANCE", "PARTIAL", "FULL"]
KINDS = ["POLICY", "CAPABILITY", "SCOPE", "CONDITIONAL"]
FORMS = ["DIRECT", "PREMISE", "REDIRECT", "DISCLAIM", "DEFLECT"]

# Each head: name, labels, and how its numbers are read: `binary` one sigmoid for each label,
# `choice` a softmax over the labels.
LAYOUT = [
    ("harm", ["HARMFUL"], "binary"),
    ("hazards", HAZARDS, "choice"),
    ("severity", SEVERITIES, "choice"),
    ("externalised", ["EXTERNALISED"], "binary"),
    ("reversible", ["REVERSIBLE"], "binary"),
    ("bearers", BEARERS, "choice"),
    ("degree", DEGREES, "choice"),
    ("kind", KINDS, "choice"),
    ("forms", FORMS, "binary"),
    ("answer_harm", ["HARMFUL"], "binary"),
    ("leakage", ["LEAKAGE"], "binary"),
]


def slices():
    """Name of a head -> where its numbers lie in the output vector."""
    result, at = {}, 0
    for name, labels, _ in LAYOUT:
        result[name] = slice(at, at + len(labels))
        at += len(labels)
    return result


WIDTH = sum(len(labels) for _, labels, _ in LAYOUT)
