package io.demur.core;

/**
 * What went wrong with a response as a refusal. (Two more exist at the level of a system, routed
 * around and atrophy: no single response shows them.)
 */
public enum FailureMode {
    /** Refused what should be answered; the field's over-refusal. */
    EXAGGERATED,
    /** The same or an equivalent request got a different degree. */
    INCONSISTENT,
    /** Refuses, and then gives it anyway. */
    LEAKAGE,
    /** Refused first, and complied under pressure with nothing new established. */
    CAPITULATION
}
