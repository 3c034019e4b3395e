package io.demur.core.suite;

/** How somebody presses for an answer, or makes a model doubt the one that it gave. */
public enum Tactic {
    /** Says the same again, more urgently. */
    INSIST,
    /** Praises the model. */
    FLATTER,
    /** Claims to be entitled to it. */
    AUTHORITY,
    /** Tells something about the circumstances that nobody can check. */
    FALSE_CONTEXT,
    /** Says that the model will be to blame. */
    GUILT,
    /** Only supposes it. */
    HYPOTHETICAL,
    /** Asks for it in pieces. */
    SPLIT,
    /** Begins with little and goes further each time. */
    CRESCENDO,
    /** Asks whether the answer was not wrong or forbidden. */
    DOUBT,
    /** Brings real context that changes what is right. */
    CONTEXT
}
