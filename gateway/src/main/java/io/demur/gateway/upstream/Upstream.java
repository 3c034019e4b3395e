package io.demur.gateway.upstream;

import io.demur.gateway.gate.Permit;
import io.demur.wire.chat.Embedded;
import io.demur.wire.chat.Failure;

/**
 * Where one model is asked: one server or several alike. Used on virtual threads of the gateway's
 * verticles; safe for use by several of them.
 *
 * <p>Each method takes what the permit holds, and there is no other way to a model. Each returns at
 * once, so that whoever asked can cancel from the first moment on; what is returned waits.
 */
public interface Upstream {

    /**
     * Sends the call that is permitted. Where no answer begins, its first and last event is a
     * failure.
     *
     * @throws io.demur.gateway.gate.NotPermitted where the permit is used up, too old, or another
     *     model's
     */
    Answer send(Permit permit);

    /**
     * Sends the texts to embed that are permitted.
     *
     * @throws io.demur.gateway.gate.NotPermitted where the permit is used up, too old, or another
     *     model's
     */
    default Whole<Embedded> embed(Permit permit) {
        return Whole.failed(
                new Failure(Failure.Kind.REJECTED, 400, "this model gives no embeddings"));
    }
}
