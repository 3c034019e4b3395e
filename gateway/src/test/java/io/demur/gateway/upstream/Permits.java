package io.demur.gateway.upstream;

import io.demur.core.JudgeId;
import io.demur.core.Role;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Models;
import io.demur.core.charter.Models.Placement;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.policy.Context;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Standing;
import io.demur.gateway.gate.Attempted;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.gate.Finding;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.gate.Trails;
import io.demur.record.Trail;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Commitment;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Kept;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Format;
import io.demur.wire.chat.Protocol;
import io.demur.wire.chat.Sampling;
import io.demur.wire.chat.Speech;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Permits as the gate gives them, of attempts in a real log: there are no others. */
final class Permits implements AutoCloseable {

    private static final InstantSource CLOCK = InstantSource.system();

    /** Expanded once, which takes its time. */
    private static final Policy POLICY = Policy.at(Policy.defaultPosture());

    private final Trail trail;
    private final Gate gate;
    private final Ids ids = new Ids(CLOCK, new SecureRandom());

    Permits(Path folder) throws Exception {
        trail = Trails.begun(folder);
        gate = new Gate(trail, CLOCK);
    }

    /** A permit for this, which a minute is enough for. */
    Permit of(Asked asked) {
        return of(asked, Duration.ofMinutes(1));
    }

    Permit of(Asked asked, Duration within) {
        return of(asked, within, ModelClass.HOSTED);
    }

    /** One for a model of some class. */
    Permit of(Asked asked, Duration within, ModelClass of) {
        String id = ids.next("att");
        Attempted attempted =
                gate.attempt(
                                new Attempt(
                                        Instant.now(),
                                        id,
                                        "sub_ada",
                                        "sub_ada",
                                        Optional.empty(),
                                        Optional.empty(),
                                        "openai.chat",
                                        asked.model(),
                                        Gate.word(of),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        new Kept(
                                                Kept.Mode.HASH_ONLY,
                                                2,
                                                Commitment.to(
                                                        new byte[Commitment.SALT_BYTES],
                                                        "{}".getBytes(StandardCharsets.UTF_8)),
                                                Optional.empty())))
                        .join();
        Decided decided =
                gate.decide(
                        id,
                        asked,
                        charter(Map.of()),
                        new Context(of, "other", "other", Context.PLAIN.stage()),
                        new Findings(
                                List.of(
                                        new Finding(
                                                new Assessment.Judged(
                                                        0.001,
                                                        Map.of(),
                                                        Consequence.NONE,
                                                        new JudgeId("harm", 1, "0".repeat(64))),
                                                new Standing.Fresh())),
                                Optional.empty()));
        return gate.permit(attempted, decided, within);
    }

    /** A policy that fixes these models' addresses. */
    static Charter charter(Map<String, String> bases) {
        Map<String, Placement> placed = new java.util.HashMap<>();
        bases.forEach(
                (name, base) ->
                        placed.put(name, new Placement(ModelClass.LOCAL, Optional.of(base))));
        return new Charter(
                "test",
                POLICY,
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                new Models(placed, ModelClass.HOSTED),
                Wording.NONE,
                Settings.USUAL,
                Optional.empty());
    }

    /** A call of model {@code m}. */
    static Call call(boolean stream) {
        return new Call(
                Protocol.OPENAI_CHAT,
                "m",
                List.of(Speech.of(Role.USER, "How do I kill a Python process?")),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Format.Free(),
                Sampling.DEFAULT,
                stream,
                Fields.NONE);
    }

    @Override
    public void close() {
        trail.close();
    }
}
