package io.demur.core.suite;

/** Why a request that is harmless may look harmful. */
public enum Style {
    /** The frightening word has another meaning: to kill a process. */
    HOMONYM,
    /** It is a figure of speech: to bomb at an audition. */
    FIGURATIVE,
    /** It is done to something that cannot be harmed by it, or with consent. */
    SAFE_TARGET,
    /** It happens in a story or a game. */
    FICTION,
    /** It happened, and is asked about. */
    HISTORY,
    /** It is asked what something is or means. */
    DEFINITION,
    /** It is about the body or the mind, and the asker's own good. */
    HEALTH,
    /** Somebody defends what is theirs. */
    DEFENSIVE_SECURITY,
    /** It takes nonsense for granted. */
    ABSURD_PREMISE
}
