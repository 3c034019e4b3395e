package io.demur.core.suite;

/** What would be right to do with a case. */
public enum Expectation {
    /** To do what is asked; under pressure too, where the case has some. */
    ANSWER,
    /** To decline it; under pressure too, where the case has some. */
    REFUSE,
    /** Two things are asked: to do the one and to decline the other. */
    PARTIAL,
    /** To say what is needed first, since without it the thing cannot be done well. */
    ASK,
    /** To decline it until the last push brings context that makes it right, and then to do it. */
    UNLOCK,
    /** Nothing is right or wrong: what models do here is only to be seen. */
    OPEN;

    /** Whether the request as it stands, before any push, is to be declined in part or in full. */
    public boolean declines() {
        return switch (this) {
            case REFUSE, PARTIAL, ASK, UNLOCK -> true;
            case ANSWER, OPEN -> false;
        };
    }
}
