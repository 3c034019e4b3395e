package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.core.access.Operation;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Front;
import io.demur.wire.chat.Stamp;
import io.demur.wire.ollama.OllamaFront;
import io.vertx.core.buffer.Buffer;

import java.time.Instant;

/**
 * Calls of models in one protocol: bytes in, bytes out. Who may not ask, or asks what cannot be
 * read, is told so in the protocol's own shape; whatever can be asked becomes an {@link Exchange}.
 */
final class CallHandler implements Service {

    private final Front front;
    private final Reception reception;
    private final Apology apology;

    CallHandler(Front front, Reception reception) {
        this.front = front;
        this.reception = reception;
        apology = new Apology(front::error, reception.ids(), reception.parts().clock());
    }

    @Override
    public void serve(Arrival arrival) {
        apology.insteadOf(arrival, () -> answer(arrival));
    }

    private void answer(Arrival arrival) throws BadCall {
        try (Reception.Heard<Asked> heard = reception.hear(arrival, front::read)) {
            switch (heard.asked()) {
                case Call call -> answer(heard, call);
                case io.demur.wire.chat.Operation operation ->
                        loaded(arrival, heard.caller(), operation, heard.at());
                case Embed embed -> throw new BadCall("this asks for no answer");
            }
        }
    }

    private void answer(Reception.Heard<Asked> heard, Call call) throws BadCall {
        try (Reception.Admitted admitted =
                reception.admit(heard, call, Operation.CHAT, SystemPrompt.sha256(call))) {
            Visit visit = admitted.visit();
            Call named = call.withModel(visit.asked().model());
            Replying replying =
                    new Replying(
                            heard.arrival().http().response(),
                            front,
                            new Stamp(visit.attempt(), call.model(), visit.at(), call.asksUsage()),
                            call.stream(),
                            visit.watch());
            Exchange exchange =
                    new Exchange(reception.parts(), visit, named, admitted.upstream(), replying);
            admitted.opened();
            try {
                exchange.run();
            } finally {
                admitted.settle(exchange.spent());
            }
        }
    }

    /**
     * Clients of Ollama load a model before they ask it. That gives no answer, and a model's server
     * loads it anyway when it is asked, so nothing is passed on.
     */
    private void loaded(
            Arrival arrival, Caller caller, io.demur.wire.chat.Operation operation, Instant at)
            throws BadCall {
        Entrance entrance = reception.entrance();
        entrance.model(caller, Operation.CHAT, operation, entrance.policyInForce().charter());
        if (!(front instanceof OllamaFront ollama)) {
            throw new BadCall("this asks for no answer");
        }
        arrival.http()
                .response()
                .putHeader("content-type", "application/json")
                .end(
                        Buffer.buffer(
                                ollama.loaded(
                                        operation, new Stamp("", operation.model(), at, false))));
    }
}
