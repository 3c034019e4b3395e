package io.demur.gateway.upstream;

import io.demur.core.policy.ModelClass;
import io.demur.gateway.gate.Permit;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Embedded;
import io.demur.wire.chat.Outgoing;
import io.demur.wire.ollama.OllamaEmbeddings;
import io.demur.wire.openai.Embeddings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * One model at one server or several.
 *
 * @param model its name here
 * @param of its class by the policy
 */
record HttpUpstream(
        Vertx vertx,
        HttpClient client,
        InstantSource clock,
        String model,
        ModelClass of,
        List<Offer> offers)
        implements Upstream {

    HttpUpstream {
        offers = List.copyOf(offers);
    }

    @Override
    public Answer send(Permit permit) {
        Permitted permitted = Permitted.take(permit, clock, model, of);
        return new HttpAnswer(
                vertx, client, clock, offers, permitted, asked(permitted, Call.class, "send"));
    }

    @Override
    public Whole<Embedded> embed(Permit permit) {
        Permitted permitted = Permitted.take(permit, clock, model, of);
        Embed embed = asked(permitted, Embed.class, "embed");
        return new HttpWhole<>(vertx, client, clock, offers, permitted, new Embedding(embed));
    }

    private static <A extends Asked> A asked(Permitted permitted, Class<A> as, String method) {
        if (!as.isInstance(permitted.asked())) {
            throw new IllegalArgumentException(
                    "what is permitted is not for `%s`".formatted(method));
        }
        return as.cast(permitted.asked());
    }

    /** Texts, and their numbers. */
    private record Embedding(Embed embed) implements HttpWhole.Way<Embedded> {

        @Override
        public Outgoing outgoing(Offer offer) throws BadCall {
            return offer.endpoint().dialect().render(embed.withModel(offer.model()));
        }

        /** As many as there are texts and all alike, or nobody knows which is whose. */
        @Override
        public Optional<Embedded> read(Offer offer, byte[] body) {
            Optional<Embedded> read =
                    switch (offer.endpoint().settings().kind()) {
                        case OPENAI, ANTHROPIC -> Embeddings.embedded(body);
                        case OLLAMA -> OllamaEmbeddings.embedded(body);
                    };
            return read.filter(
                    it ->
                            it.vectors().size() == embed.inputs().size()
                                    && it.vectors().stream()
                                                    .mapToInt(vector -> vector.length)
                                                    .distinct()
                                                    .count()
                                            == 1);
        }
    }
}
