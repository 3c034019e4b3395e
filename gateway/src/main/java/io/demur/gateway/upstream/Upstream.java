package io.demur.gateway.upstream;

import io.demur.gateway.gate.Permit;

/**
 * Where one model is asked: one server or several alike. Used on virtual threads of the gateway's
 * verticles; safe for use by several of them.
 */
public interface Upstream {

    /**
     * Sends what is permitted. Returns when the answer begins, or when it is clear that it does
     * not: then its first and last event is a failure.
     */
    Answer send(Permit permit);
}
