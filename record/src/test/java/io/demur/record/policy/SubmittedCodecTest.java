package io.demur.record.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.Problem;
import io.demur.core.Where;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class SubmittedCodecTest {

    private static final InForce NOW = new InForce.RefuseAll(List.of());

    @Test
    void whatIsWrittenIsReadAgain() {
        check(new Submitted.Activated(NOW));
        check(new Submitted.NeedsApproval(Set.of("anna"), Set.of("ben", "eve")));
        check(new Submitted.Waiting(Instant.ofEpochSecond(7, 5_000), Instant.ofEpochSecond(9)));
        check(new Submitted.Waiting(Instant.ofEpochSecond(7), Instant.MAX));
        check(
                new Submitted.Rejected(
                        List.of(
                                new Problem(
                                        "policy-signature",
                                        "it is \"odd\"\n",
                                        new Where("p.note", 3, 4),
                                        Optional.of("mend it")),
                                Problem.at(Where.file("q"), "policy-none", "there is none"))));
    }

    private static void check(Submitted submitted) {
        assertEquals(
                Optional.of(submitted),
                SubmittedCodec.read(SubmittedCodec.write(submitted), () -> NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"result\":\"other\"}", "<html>", "{\"error\":\"x\"}"})
    void whatSaysNothingOfTheKindIsNothing(String text) {
        assertEquals(
                Optional.empty(),
                SubmittedCodec.read(text.getBytes(StandardCharsets.UTF_8), () -> NOW));
    }
}
