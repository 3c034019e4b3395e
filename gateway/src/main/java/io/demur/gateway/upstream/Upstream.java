package io.demur.gateway.upstream;

import io.demur.gateway.gate.Permit;
import io.demur.wire.chat.Embedded;
import io.demur.wire.chat.Failure;
import io.demur.wire.ollama.LocalModel;

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
     * @throws io.demur.gateway.gate.NotPermitted where the permit is used up or too old
     */
    Answer send(Permit permit);

    /**
     * Sends the texts to embed that are permitted.
     *
     * @throws io.demur.gateway.gate.NotPermitted where the permit is used up or too old
     */
    default Whole<Embedded> embed(Permit permit) {
        return Whole.failed(
                new Failure(Failure.Kind.REJECTED, 400, "this model gives no embeddings"));
    }

    /**
     * Does what is permitted with the model itself: loads it, unloads it, or says what it is. A
     * server that has no such operation has nothing to do, and that is no failure.
     *
     * @return the model, as far as the server says
     * @throws io.demur.gateway.gate.NotPermitted where the permit is used up or too old
     */
    default Whole<LocalModel> operate(Permit permit) {
        return Whole.failed(
                new Failure(Failure.Kind.REJECTED, 400, "this model has no such operation"));
    }
}
