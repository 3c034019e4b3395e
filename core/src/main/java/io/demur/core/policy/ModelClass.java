package io.demur.core.policy;

/** Who answers for a model: one axis of a policy's cells. */
public enum ModelClass {
    /** A provider runs it, with safeguards of its own. */
    HOSTED,
    /** It runs here, with the refusals that it was trained to make. */
    LOCAL,
    /** It runs here, and its refusals were taken out, or nobody knows whether it has any. */
    LOCAL_UNALIGNED
}
