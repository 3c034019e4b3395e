package io.demur.wire.chat;

/** What a call upstream came to: an answer (a refusal is one), or a failure. */
public sealed interface Result permits Reply, Failure {}
