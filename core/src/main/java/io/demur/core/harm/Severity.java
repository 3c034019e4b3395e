package io.demur.core.harm;

/**
 * How bad a harm is for those who bear it, from the mildest up. How many bear it and whether it can
 * be undone are stated beside it, in {@link Consequence}.
 */
public enum Severity {
    /** Nobody is worse off. */
    NONE,
    /** Annoyance, a small loss, a bad hour. */
    MINOR,
    /** Injury, fear, or a loss of money, work, home or standing that is felt for long. */
    SERIOUS,
    /** Death, lasting injury, abuse of a child, or the ruin of a life or a habitat. */
    GRAVE
}
