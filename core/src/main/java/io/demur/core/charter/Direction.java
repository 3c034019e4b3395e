package io.demur.core.charter;

/** Which way a change goes. What cannot be compared counts as weaker. */
public enum Direction {
    EQUAL,
    STRONGER,
    WEAKER
}
