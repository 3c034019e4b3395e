package io.demur.core;

/** What one sentence of a reply does towards the request. */
public enum Act {
    /** Says that the speaker will not, cannot or may not. */
    REFUSES,
    /** Denies what the request takes for granted. */
    CONTRADICTS,
    /** Gives a reason for not doing it, or for caution. */
    EXPLAINS,
    /** Offers something else than what was asked. */
    REDIRECTS,
    /** Shows that the asker, or the wish behind the request, has been understood. */
    ACKNOWLEDGES,
    /** Warns of harm or law, or moralises, without declining. */
    WARNS,
    /** Gives what was asked, or part of it. */
    DELIVERS
}
