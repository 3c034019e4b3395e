package io.demur.core.policy;

/**
 * How far a project has come on the way from data about people to treating them worse: one axis of
 * a policy's cells. What is not on that way is at {@link #NONE}.
 */
public enum Stage {
    NONE,
    /** Data on identified persons is gathered. */
    COLLECT,
    /** It is joined across sources. */
    LINK,
    /** A protected or sensitive trait is inferred. */
    INFER,
    /** People are scored or labelled by it. */
    SCORE,
    /** That is made usable in bulk. */
    PACKAGE,
    /** It is acted on. */
    ACT
}
