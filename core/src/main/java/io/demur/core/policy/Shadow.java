package io.demur.core.policy;

import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision.Strength;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a candidate policy would do with the requests that another one decides, counted beside it
 * and without any effect. Memory is bounded by the policies: one number for each kind of change,
 * hazard, role and purpose that they name, however long it runs.
 *
 * <p>Safe for use by several threads.
 */
public final class Shadow {

    /** The decisions on one request, and what is counted of them. */
    public record Pair(Decision active, Decision candidate, Kind kind) {}

    /**
     * A kind of request, and what is done with it.
     *
     * @param otherwise whether they differ though their strength is the same: in a condition that
     *     only one of them asks for, or in a judgement that is unsure to only one of them, so that
     *     only it has the answer looked at
     * @param hazard the one that carried the stronger of the two decisions
     * @param role as the policies name it, or {@link Axes#OTHER}
     * @param purpose likewise
     */
    public record Kind(
            Strength active,
            Strength candidate,
            boolean otherwise,
            Optional<Hazard> hazard,
            String role,
            String purpose) {

        /** Whether the candidate does anything else. */
        public boolean isChange() {
            return active != candidate || otherwise;
        }
    }

    /** So many requests of a kind. */
    public record Count(Kind kind, long requests) {}

    private static final Comparator<Count> MOST_FIRST =
            Comparator.comparingLong(Count::requests)
                    .reversed()
                    .thenComparing(count -> count.kind().toString());

    private final Policy active;
    private final Policy candidate;
    private final Axes axes;
    private final Map<Kind, Long> counts = new HashMap<>();

    /** Counts nothing yet. */
    public Shadow(Policy active, Policy candidate) {
        this.active = active;
        this.candidate = candidate;
        this.axes = active.table().axes().with(candidate.table().axes());
    }

    /** Decides one request by both policies, and counts what they do. */
    public Pair see(Assessment assessment, Context context, Standing standing) {
        return see(assessment, assessment, context, standing);
    }

    /**
     * The same where each policy has its own judges.
     *
     * @param ofActive what those of the policy that holds say of the request
     * @param ofCandidate what those of the other one say
     */
    public Pair see(
            Assessment ofActive, Assessment ofCandidate, Context context, Standing standing) {
        Decision now = active.decide(ofActive, context, standing);
        Decision then = candidate.decide(ofCandidate, context, standing);
        Decision stronger = then.strength().compareTo(now.strength()) > 0 ? then : now;
        boolean otherwise =
                !terms(now).equals(terms(then))
                        || isUnsure(active, ofActive, context, standing)
                                != isUnsure(candidate, ofCandidate, context, standing);
        Kind kind =
                new Kind(
                        now.strength(),
                        then.strength(),
                        now.strength() == then.strength() && otherwise,
                        stronger.grounds().hazard(),
                        axes.role(context.role()),
                        axes.purpose(context.purpose()));
        synchronized (counts) {
            counts.merge(kind, 1L, Long::sum);
        }
        return new Pair(now, then, kind);
    }

    private static Set<Term> terms(Decision decision) {
        return decision instanceof Decision.Condition condition
                ? Set.copyOf(condition.terms())
                : Set.of();
    }

    private static boolean isUnsure(
            Policy policy, Assessment assessment, Context context, Standing standing) {
        return policy.sureness(assessment, context, standing) == Policy.Sureness.UNSURE;
    }

    /** What was counted so far, the most frequent kind first. */
    public List<Count> counts() {
        synchronized (counts) {
            return counts.entrySet().stream()
                    .map(entry -> new Count(entry.getKey(), entry.getValue()))
                    .sorted(MOST_FIRST)
                    .toList();
        }
    }
}
