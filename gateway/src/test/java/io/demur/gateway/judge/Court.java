package io.demur.gateway.judge;

import io.demur.core.Band;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Models;
import io.demur.core.charter.Scope;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.memory.Bounds;
import io.demur.core.memory.MemoryKey;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Rule;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.gate.Finding;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.offload.Offload;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Format;
import io.demur.wire.chat.Protocol;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Sampling;
import io.demur.wire.chat.Speech;
import io.demur.wire.chat.Tool;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that stands between a call and its decision, and nothing behind it. */
final class Court implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    /** What holds where nobody has written a policy. */
    static final Charter USUAL = charter(Policy.usual(), Optional.empty());

    /**
     * The usual rules, and refusal from 0.75 on: the quick judge is seldom sure enough for more.
     */
    static final Charter STRICT = charter(strict(), Optional.empty());

    private static final Bounds ROOMY = new Bounds(5000, 32, Long.MAX_VALUE, Duration.ofDays(7));

    /** What is decided is put to no model. */
    private static final Call ANY = call("Hi.");

    final Offload offload;
    final Offload lengthy;
    final Judgements judgements;
    private final Gate gate = gate();
    private int attempts;

    Court(Judges judges) {
        this(judges, TraceShelf.NONE, new Offload("test", 2, 64));
    }

    Court(Judges judges, TraceShelf shelf, Offload offload) {
        this(judges, shelf, offload, new Offload("test-long", 1, 64));
    }

    Court(Judges judges, TraceShelf shelf, Offload offload, Offload lengthy) {
        this.offload = offload;
        this.lengthy = lengthy;
        judgements =
                new Judgements(judges, MemoryKey.of(new byte[32]), ROOMY, shelf, offload, lengthy);
    }

    @SuppressWarnings("NullAway") // to decide, a gate writes nothing
    private static Gate gate() {
        return new Gate(null, InstantSource.fixed(NOON));
    }

    static Charter charter(List<Rule> rules, Optional<Scope> scope) {
        return new Charter(
                "court",
                Policy.of(Policy.defaultPosture(), rules, new Axes(List.of(), List.of())),
                Map.of(),
                scope,
                List.of(),
                List.of(),
                new Models(Map.of(), ModelClass.HOSTED),
                Wording.NONE,
                Settings.USUAL,
                Optional.empty());
    }

    /** The usual one with another band. */
    static Charter banded(Band band) {
        Settings usual = Settings.USUAL;
        return new Charter(
                USUAL.name(),
                USUAL.policy(),
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                USUAL.models(),
                Wording.NONE,
                new Settings(
                        usual.judges(),
                        band,
                        usual.windows(),
                        usual.retention(),
                        usual.witnesses(),
                        usual.drills(),
                        usual.changes(),
                        usual.incidents(),
                        usual.review()),
                Optional.empty());
    }

    private static List<Rule> strict() {
        List<Rule> rules = new ArrayList<>(Policy.usual());
        rules.addFirst(
                new Rule(
                        "sure-enough",
                        Rule.Match.ALL,
                        new Rule.Effect.AtLeast(Decision.Strength.REFUSE, 750_000)));
        return rules;
    }

    /** One who asks, of one kind of model, at one time. */
    record Who(String principal, Charter charter, Context context, Instant at) {

        static final Who USUAL = new Who("somebody", Court.USUAL, Context.PLAIN, NOON);
        static final Who STRICT = new Who("somebody", Court.STRICT, Context.PLAIN, NOON);

        Who with(Context other) {
            return new Who(principal, charter, other, at);
        }

        Who later(Duration by) {
            return new Who(principal, charter, context, at.plus(by));
        }

        Who under(Charter other) {
            return new Who(principal, other, context, at);
        }
    }

    Hearing hear(Who who, Asked asked) {
        return judgements.hear(
                new Question(
                        who.principal(), asked, who.context(), who.charter(), false, who.at()));
    }

    /** What is found of a call, of which nothing is remembered but what was judged. */
    Findings findings(Who who, Asked asked) {
        return hear(who, asked).findings();
    }

    /** What is decided of it. */
    Decided decide(Who who, Asked asked) {
        return decide(who, findings(who, asked));
    }

    Decided decide(Who who, Findings findings) {
        return gate.decide("att_" + attempts++, ANY, who.charter(), who.context(), findings);
    }

    /** The same with all that an exchange does then: what is refused is remembered. */
    Decided exchange(Who who, Asked asked, String answer) {
        Hearing hearing = hear(who, asked);
        Decided decided = decide(who, hearing.findings());
        if (stops(decided)) {
            hearing.refused(decided.attempt(), decided.decision().grounds().hazard());
        }
        hearing.answered(Reply.of(answer));
        return decided;
    }

    static boolean stops(Decided decided) {
        return decided.decision().strength().compareTo(Decision.Strength.HOLD) >= 0;
    }

    /** A text that the quick judge is sure of, so that no other is asked. */
    static String calm() {
        return io.demur.testkit.asked.Asked.corpus("benign", 0).stream()
                .filter(text -> LinearHarm.shipped().assess(Request.of(text)).pHarm() < 0.05)
                .findFirst()
                .orElseThrow();
    }

    /** A call of one user message. */
    static Speech user(String text) {
        return Speech.of(Role.USER, text);
    }

    static Speech model(String text) {
        return Speech.of(Role.ASSISTANT, text);
    }

    /** How probably one thing is harmful; -1 where that was not judged. */
    static double p(Finding finding) {
        return finding.assessment() instanceof Assessment.Judged judged ? judged.pHarm() : -1;
    }

    static double worst(Findings findings) {
        return findings.readings().stream().mapToDouble(Court::p).max().orElseThrow();
    }

    static Call call(String text) {
        return call(Speech.of(Role.USER, text));
    }

    static Call call(Speech... speeches) {
        return call(List.of(speeches), List.of());
    }

    static Call call(List<Speech> speeches, List<Tool> tools) {
        return new Call(
                Protocol.OPENAI_CHAT,
                "model",
                speeches,
                tools,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Format.Free(),
                Sampling.DEFAULT,
                false,
                Fields.NONE);
    }

    static Tool tool(String name, String description) {
        return new Tool(name, Optional.of(description), Fields.NONE, Fields.NONE, Fields.NONE);
    }

    @Override
    public void close() {
        offload.close();
        lengthy.close();
    }
}
