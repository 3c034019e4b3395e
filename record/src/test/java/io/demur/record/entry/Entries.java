package io.demur.record.entry;

import io.demur.core.Refusal;
import io.demur.core.access.Operation;
import io.demur.core.access.Scope;
import io.demur.core.harm.Hazard;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** One entry of each type, with every field, for tests. */
public final class Entries {

    public static final Instant AT = Instant.parse("2026-11-21T12:00:00.123456Z");
    public static final String ATTEMPT = "att_01a1fdfa-467b-7000-8000-000000000001";
    public static final String EARLIER = "att_01a1fdfa-a000-7000-8000-000000000002";
    public static final String CASE = "case_01a1fdfa-467b-7001-8000-000000000003";
    public static final String RUN = "run_01a1fdfa-467b-7002-8000-000000000004";
    public static final String CHANGE = "acc_01a1fdfa-467b-7003-8000-000000000006";
    public static final String SUBJECT = "sub_01a1fdfa-0000-7000-8000-000000000005";
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final Commitment COMMITMENT =
            Commitment.to(new byte[32], "How?".getBytes(StandardCharsets.UTF_8));

    private Entries() {}

    /** All of them. */
    public static List<Entry> full() {
        return List.of(
                new Attempt(
                        AT,
                        ATTEMPT,
                        SUBJECT,
                        SUBJECT,
                        Optional.of("recruiting"),
                        Optional.of("screening of applications"),
                        "openai.chat",
                        "example-7b",
                        "local",
                        Optional.of("sha256:" + DIGEST),
                        Optional.of(DIGEST),
                        Optional.of(DIGEST),
                        new Kept(Kept.Mode.REDACTED, 4, COMMITMENT, Optional.of(COMMITMENT))),
                new Outcome(
                        AT,
                        ATTEMPT,
                        Outcome.Result.REFUSE_LOCAL,
                        Optional.of("refuse"),
                        Optional.of(Refusal.Origin.GATEWAY),
                        Optional.of(Hazard.ADVERSE_PROCESSING),
                        Optional.of("adverse-processing.score"),
                        List.of("people-1", "people-2"),
                        List.of("harm/3 sha256:" + DIGEST),
                        OptionalInt.of(913_000),
                        Optional.of(new Kept(Kept.Mode.FULL, 1_204, COMMITMENT, Optional.empty())),
                        1_204,
                        OptionalLong.of(311),
                        OptionalLong.of(42),
                        Duration.ofNanos(1_234_567_000)),
                new RouteAround(
                        AT,
                        CASE,
                        ATTEMPT,
                        EARLIER,
                        970_000,
                        "minhash",
                        Duration.ofMinutes(3),
                        "hosted",
                        "local-unaligned",
                        "held",
                        Optional.empty(),
                        List.of()),
                new StageSeen(
                        AT,
                        "recruiting",
                        "score",
                        List.of("PERSONAL_DATA", "PROTECTED_TRAIT"),
                        Optional.of(ATTEMPT)),
                new PolicyChange(
                        AT,
                        "activated",
                        Optional.of(DIGEST),
                        DIGEST.replace('0', 'f'),
                        "weaker",
                        List.of("policy+1a2b3c4d", "policy+5e6f7a8b"),
                        Optional.of("appeals"),
                        Optional.of(DIGEST)),
                new DrillRun(
                        AT, RUN, "benign-recipe", Optional.of(ATTEMPT), "allow", "refuse", false),
                new Review(AT, CASE, ATTEMPT, "Ewa Żółć", "overturn", "harmless", true),
                new Appeal(AT, CASE, ATTEMPT, "upheld", SUBJECT, Optional.of("harmless")),
                new Report(
                        AT,
                        CASE,
                        "upheld",
                        "exchange",
                        Optional.of(ATTEMPT),
                        Optional.of("example-7b"),
                        Optional.of("recruiting"),
                        "should-refuse",
                        Optional.of(COMMITMENT),
                        Optional.of("ada"),
                        true),
                new Feedback(AT, ATTEMPT, SUBJECT, "down"),
                new Access(AT, ATTEMPT, "reply", "auditor-2", "appeal"),
                new AccessChange(
                        AT,
                        CHANGE,
                        AccessChange.Action.REPLACED,
                        new AccessChange.Held.Key(
                                "d0FPBtiQYw",
                                SUBJECT,
                                Optional.of("recruiting"),
                                new Scope(
                                        Set.of(Operation.CHAT, Operation.MODELS),
                                        List.of("example-7b", "example-large-*")),
                                Optional.of(AT.plusSeconds(86_400)),
                                Optional.of("rYniDDyzk4")),
                        "ada",
                        Optional.of("rotation")),
                new Erase(AT, Optional.of(SUBJECT), Optional.empty(), "request"),
                new KeyChange(
                        AT,
                        "log",
                        "530d903a",
                        "revoked",
                        Optional.of(
                                "example.com/foo+530d903a"
                                        + "+AZFnRgAnp9+DLWS6fGGWvD/2kFxWk8ywhIQs9j1WYYFD"),
                        Optional.of("stolen")),
                new Start(
                        AT,
                        "demur serve",
                        "0.1.0",
                        Optional.of("sha256:" + DIGEST),
                        Optional.of(DIGEST)),
                new Stop(AT, "demur serve"));
    }

    /** An attempt with nothing but what every attempt has. */
    public static Attempt attempt(String id) {
        return new Attempt(
                AT,
                id,
                SUBJECT,
                SUBJECT,
                Optional.empty(),
                Optional.empty(),
                "openai.chat",
                "unknown",
                "hosted",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Kept(Kept.Mode.HASH_ONLY, 4, COMMITMENT, Optional.empty()));
    }

    /** The answer to it. */
    public static Outcome outcome(String attempt) {
        return Outcome.bare(AT, attempt, Outcome.Result.ALLOW, "allowed");
    }
}
