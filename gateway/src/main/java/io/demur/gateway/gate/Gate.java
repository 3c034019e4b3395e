package io.demur.gateway.gate;

import io.demur.core.Refusal;
import io.demur.core.Role;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Ruling;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Grounds;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Policy.Sureness;
import io.demur.core.policy.Term;
import io.demur.core.probe.Probe;
import io.demur.core.probe.ProbeSuite;
import io.demur.record.Position;
import io.demur.record.Trail;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Format;
import io.demur.wire.chat.Protocol;
import io.demur.wire.chat.Sampling;
import io.demur.wire.chat.Speech;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Stands before every model: writes attempts, decides, and gives permits to what was decided so.
 * There is no switch that opens it. Safe for use by several threads.
 */
public final class Gate {

    /** The protocol of attempts that are probes. */
    public static final String PROBES = "demur.probe";

    /** The protocol of attempts that are drills, whatever protocol they come in by. */
    public static final String DRILLS = "demur.drill";

    private static final String RESENT =
            "a request like this was refused before: the answer was given with that in view";

    private static final String RESENT_RULE =
            Grounds.RESENT.substring(0, Grounds.RESENT.length() - 1);

    private final Trail trail;
    private final InstantSource clock;
    private final Seen seen;

    /** A gate whose attempts and outcomes go into this trail. */
    public Gate(Trail trail, InstantSource clock) {
        this(trail, clock, Seen.NOTHING);
    }

    /**
     * The same, and somebody is told.
     *
     * @param seen told of what is on disk
     */
    public Gate(Trail trail, InstantSource clock, Seen seen) {
        this.trail = trail;
        this.clock = clock;
        this.seen = seen;
    }

    /** Writes an attempt; completed when it is on disk. */
    public CompletableFuture<Attempted> attempt(Attempt entry) {
        CompletableFuture<Position> written = trail.append(List.of(entry));
        told(written, seen::attempted);
        return written.thenApply(at -> new Attempted(entry, at));
    }

    /** Tells of it beside what hangs on it, so that nothing fails with the telling. */
    private void told(CompletableFuture<Position> written, Runnable done) {
        CompletableFuture<Position> unused =
                written.whenComplete(
                        (at, failure) -> {
                            if (failure == null) {
                                done.run();
                            } else {
                                seen.unwritten();
                            }
                        });
    }

    /** Writes what became of an attempt; completed when it is on disk. */
    public CompletableFuture<Position> outcome(Attempted attempted, Outcome outcome) {
        return outcome(attempted, outcome, Optional.empty());
    }

    /**
     * The same.
     *
     * @param request by which the caller knows the request; it stands nowhere in the log
     */
    public CompletableFuture<Position> outcome(
            Attempted attempted, Outcome outcome, Optional<String> request) {
        if (!outcome.attempt().equals(attempted.id())) {
            throw new IllegalArgumentException(
                    "the outcome is that of `%s`, the attempt `%s`"
                            .formatted(outcome.attempt(), attempted.id()));
        }
        CompletableFuture<Position> written = trail.append(List.of(outcome));
        told(written, () -> seen.ended(attempted.entry(), outcome, request));
        return written;
    }

    /**
     * Decides one attempt: each reading of the request is put to the policy, the strongest decision
     * stands under the conditions of all, and scope can only make it stronger. What is said to be
     * judged of the request is what was judged of the reading that carries the decision; it is as
     * sure as the least sure reading.
     *
     * @param asked what the findings are of, and what alone can be permitted by what is decided
     */
    public Decided decide(
            String attempt, Asked asked, Charter charter, Context context, Findings findings) {
        Policy policy = charter.policy();
        List<Reading> readings =
                findings.readings().stream().map(it -> Reading.of(it, policy, context)).toList();
        Reading carrying = readings.getFirst();
        for (Reading reading : readings) {
            carrying = reading.isStronger(carrying) ? reading : carrying;
        }
        List<Term> terms = terms(readings);
        return new Decided(
                attempt,
                asked,
                charter,
                context,
                scoped(under(terms, carrying.decision()), charter, findings),
                scoped(unheld(terms, carrying.decision()), charter, findings),
                carrying.finding().assessment(),
                readings.stream()
                        .map(Reading::counts)
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
    }

    private static Decision scoped(Decision harm, Charter charter, Findings findings) {
        return charter.scope().isPresent() && findings.belonging().isPresent()
                ? Ruling.of(harm, charter.scope().get(), findings.belonging().get()).decision()
                : harm;
    }

    /** One reading of a request, what the policy says of it, and whether it is sure of that. */
    private record Reading(Finding finding, Decision decision, Sureness sureness) {

        static Reading of(Finding finding, Policy policy, Context context) {
            return new Reading(
                    finding,
                    policy.decide(finding.assessment(), context, finding.standing()),
                    policy.sureness(finding.assessment(), context, finding.standing()));
        }

        /** Of two that are sent on as they came, the unsure one says more about the answer. */
        boolean isStronger(Reading other) {
            int order = decision.strength().compareTo(other.decision.strength());
            return order > 0
                    || (order == 0
                            && decision instanceof Decision.Allow
                            && sureness.compareTo(other.sureness) > 0);
        }

        /** Nor is it sure where a judge that was to be asked did not answer. */
        Sureness counts() {
            return sureness == Sureness.SURE && !finding.settled() ? Sureness.UNSURE : sureness;
        }
    }

    /** What all readings together that call for conditions call for, each once. */
    private static List<Term> terms(List<Reading> readings) {
        Set<Term> terms = new LinkedHashSet<>();
        for (Reading reading : readings) {
            if (reading.decision() instanceof Decision.Condition condition) {
                terms.addAll(condition.terms());
            }
        }
        return List.copyOf(terms);
    }

    private static Decision under(List<Term> terms, Decision decision) {
        return decision instanceof Decision.Condition condition
                ? new Decision.Condition(terms, condition.grounds())
                : decision;
    }

    /** What is left of a decision without its hold: what the other readings call for. */
    private static Decision unheld(List<Term> terms, Decision decision) {
        if (!(decision instanceof Decision.Hold hold)) {
            return under(terms, decision);
        }
        return terms.isEmpty()
                ? new Decision.Allow(hold.grounds())
                : new Decision.Condition(terms, hold.grounds());
    }

    /**
     * What a person has released goes on, for this attempt alone, under the conditions that stand
     * beside the hold. What the policy refuses nobody can release.
     *
     * @param held the attempt that a person has looked at, which the decision names
     * @throws NotPermitted where the policy refuses it
     */
    public Decided released(Decided decided, String held) {
        Grounds grounds = said("released", held, decided.unheld());
        return decided.with(
                switch (decided.unheld()) {
                    case Decision.Allow allow -> new Decision.Allow(grounds);
                    case Decision.Annotate note -> new Decision.Annotate(note.notes(), grounds);
                    case Decision.Condition it -> new Decision.Condition(it.terms(), grounds);
                    case Decision.Hold hold -> throw new IllegalStateException("still held");
                    case Decision.Refuse refuse ->
                            throw new NotPermitted("the policy refuses it: nobody releases that");
                });
    }

    /** What a person has refused is refused, whatever the policy says by itself. */
    public Decided refused(Decided decided, String held) {
        return decided.with(
                new Decision.Refuse(
                        Refusal.Kind.POLICY, said("refused", held, decided.decision())));
    }

    /**
     * What is like a request that was refused before goes on with that said beside it, whoever
     * refused it. Where the policy says more by itself, that stands.
     *
     * @param refused the attempt that was refused, which the decision names
     */
    public Decided resent(Decided decided, String refused) {
        return decided.decision() instanceof Decision.Allow allow
                ? decided.with(
                        new Decision.Annotate(List.of(RESENT), said(RESENT_RULE, refused, allow)))
                : decided;
    }

    /**
     * What is like a request that was refused before is decided at least as the policy says of
     * such. Where it says more by itself, that stands.
     *
     * @param refused the attempt that was refused, which the decision names
     * @param then what is done at least
     * @param category of the refused request, where it has one
     */
    public Decided carried(
            Decided decided, String refused, Strength then, Optional<Hazard> category) {
        Decision alone = decided.decision();
        if (alone.strength().compareTo(then) >= 0) {
            return decided;
        }
        Grounds said = said(RESENT_RULE, refused, alone);
        Grounds grounds =
                new Grounds(
                        said.rules(),
                        said.hazard().or(() -> category),
                        said.consequence(),
                        said.cost());
        return switch (then) {
            case ALLOW, ANNOTATE -> decided;
            case CONDITION -> {
                Policy policy = decided.charter().policy();
                yield decided.with(
                        new Decision.Condition(
                                policy.terms(category, decided.assessment(), decided.context()),
                                grounds));
            }
            case HOLD -> decided.held(new Decision.Hold(grounds));
            case REFUSE -> decided.with(new Decision.Refuse(Refusal.Kind.POLICY, grounds));
        };
    }

    private static Grounds said(String what, String held, Decision decision) {
        Grounds grounds = decision.grounds();
        List<String> rules = new ArrayList<>(List.of(what + ":" + held));
        rules.addAll(grounds.rules());
        return new Grounds(rules, grounds.hazard(), grounds.consequence(), grounds.cost());
    }

    /**
     * Permits what was decided to be asked of its model, once; and once more where conditions are
     * to be met and the first answer does not.
     *
     * @param deadline from now on
     * @throws NotPermitted where it was decided otherwise, or the decision is another attempt's or
     *     of another model than stands in the log
     */
    public Permit permit(Attempted attempted, Decided decided, Duration deadline) {
        if (!decided.attempt().equals(attempted.id())) {
            throw new NotPermitted(
                    "decided was `%s`, attempted `%s`"
                            .formatted(decided.attempt(), attempted.id()));
        }
        Attempt entry = attempted.entry();
        String model = decided.asked().model();
        ModelClass of = decided.context().model();
        if (!entry.model().equals(model) || !entry.modelClass().equals(word(of))) {
            throw new NotPermitted(
                    "decided was of `%s` (%s), attempted `%s` (%s)"
                            .formatted(model, word(of), entry.model(), entry.modelClass()));
        }
        return new Permit(
                attempted.id(),
                model,
                of,
                clock.instant().plus(deadline),
                permitted(decided.decision(), decided.asked()));
    }

    /** A class of models as attempts say it. */
    public static String word(ModelClass of) {
        return of.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Permits one of the probes that ship to be asked: nothing else can be sent so, and what is
     * answered is for nobody. It is how a model's own refusals are seen, which a policy that
     * refuses the probe itself would hide.
     *
     * @param probe its id
     * @throws NotPermitted where no such probe ships, or the attempt is none of a probe
     */
    public Permit probe(Attempted attempted, String probe, Duration deadline) {
        if (!attempted.entry().protocol().equals(PROBES)) {
            throw new NotPermitted("`%s` is no attempt of a probe".formatted(attempted.id()));
        }
        String text =
                ProbeSuite.shipped().probes().stream()
                        .filter(it -> it.id().equals(probe))
                        .map(Probe::text)
                        .findFirst()
                        .orElseThrow(
                                () -> new NotPermitted("no probe `%s` ships".formatted(probe)));
        Call call =
                new Call(
                        Protocol.OPENAI_CHAT,
                        attempted.entry().model(),
                        List.of(Speech.of(Role.USER, text)),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        new Format.Free(),
                        Sampling.DEFAULT,
                        false,
                        Fields.NONE);
        return new Permit(
                attempted.id(),
                attempted.entry().model(),
                ModelClass.LOCAL_UNALIGNED,
                clock.instant().plus(deadline),
                List.of(call));
    }

    private static List<Asked> permitted(Decision decision, Asked asked) {
        return switch (decision) {
            case Decision.Allow allow -> List.of(asked);
            case Decision.Annotate annotate -> List.of(asked);
            case Decision.Condition condition -> conditioned(condition.terms(), asked);
            case Decision.Hold hold -> throw new NotPermitted("it is held: no model is asked");
            case Decision.Refuse refuse ->
                    throw new NotPermitted("it is refused: no model is asked");
        };
    }

    /** Numbers cannot be told a condition, and tell nobody what to do. */
    private static List<Asked> conditioned(List<Term> terms, Asked asked) {
        List<Asked> permitted = new ArrayList<>();
        if (asked instanceof Call call) {
            permitted.add(call.withInstruction(Instructions.first(terms)));
            permitted.add(call.withInstruction(Instructions.again(terms)));
        } else {
            permitted.add(asked);
        }
        return permitted;
    }
}
