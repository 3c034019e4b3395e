package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.util.Objects.requireNonNull;

import io.demur.core.StopReason;
import io.demur.core.policy.ModelClass;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.Given;
import io.demur.gateway.upstream.Upstream;
import io.demur.gateway.upstream.Whole;
import io.demur.record.entry.Outcome;
import io.demur.wire.chat.Embedded;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Reply;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/** What texts to embed cost, however it ends: the same as calls for answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbedTokensTest {

    /** About as many tokens as its characters are fours. */
    private static final String TEXTS = "[\"%s\", \"%s\"]".formatted("a ".repeat(30), "b b ");

    private static final OptionalLong ESTIMATE = OptionalLong.of(16);

    private final AtomicReference<Whole<Embedded>> gives =
            new AtomicReference<>(Whole.failed(Failure.broken("nothing yet")));
    private House house;
    private Raw raw;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Upstream model =
                new Upstream() {
                    @Override
                    public Answer send(Permit permit) {
                        throw new AssertionError("nobody asks for an answer");
                    }

                    @Override
                    public Whole<Embedded> embed(Permit permit) {
                        var unused = permit.take(Instant.EPOCH, "m", ModelClass.HOSTED);
                        return requireNonNull(gives.get());
                    }
                };
        house = new House(folder, Map.of("m", model));
        raw = new Raw(house);
    }

    @AfterAll
    void stop() {
        house.close();
    }

    private void costs(int status, Whole<Embedded> given, OptionalLong tokens, boolean estimated)
            throws Exception {
        gives.set(given);
        Piecewise reply =
                Piecewise.ask(
                        raw, "/v1/embeddings", "{\"model\": \"m\", \"input\": " + TEXTS + "}");
        assertEquals(status, reply.status(), reply::body);
        Outcome outcome =
                house.entries().stream()
                        .filter(
                                it ->
                                        it instanceof Outcome o
                                                && o.attempt().equals(reply.attempt()))
                        .map(it -> (Outcome) it)
                        .findFirst()
                        .orElseThrow();
        assertEquals(tokens, outcome.tokensIn(), outcome::toString);
        assertEquals(estimated, outcome.estimated(), outcome::toString);
    }

    private static Given<Embedded> numbers(long tokens) {
        return new Given.Value<>(
                new Embedded("m", List.of(new float[] {1}, new float[] {2}), tokens));
    }

    private static Given<Embedded> failed(Failure.Kind kind, int status) {
        return new Given.Failed<>(new Failure(kind, status, "test"));
    }

    @Test
    void whatIsCountedCountsAndWhatIsNotIsEstimated() throws Exception {
        costs(200, Whole.known(numbers(7), "one"), OptionalLong.of(7), false);
        costs(200, Whole.known(numbers(0), "one"), ESTIMATE, true);
    }

    @Test
    void aServerThatFailsOrRefusesHasReadItAllTheSame() throws Exception {
        costs(502, Whole.known(failed(Failure.Kind.OUTAGE, 500), "one"), ESTIMATE, true);
        StopReason no = new StopReason.ContentFilter("error.code: x", Optional.empty());
        Given<Embedded> declined = new Given.Declined<>(Reply.declined(no, Optional.empty()));
        costs(403, Whole.known(declined, "one"), ESTIMATE, true);
    }

    @Test
    void whatAServerTurnsAwayOrNoneHasGotCostsNothing() throws Exception {
        Given<Embedded> away = failed(Failure.Kind.REJECTED, 400);
        costs(400, Whole.known(away, "one"), OptionalLong.empty(), false);
        costs(502, Whole.failed(Failure.broken("gone")), OptionalLong.empty(), false);
    }
}
