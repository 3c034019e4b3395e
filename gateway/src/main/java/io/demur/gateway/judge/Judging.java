package io.demur.gateway.judge;

/** Judges requests. Safe for use by several threads. */
public interface Judging {

    /** Begins to judge one: finds the conversation that it belongs to, and no more. */
    Hearing hear(Question question);
}
