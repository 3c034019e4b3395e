package io.demur.core.charter;

import io.demur.core.Refusal;
import io.demur.core.harm.Consequence;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Grounds;
import io.demur.core.policy.Term;
import io.demur.core.scope.Belonging;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is done about a request under a charter that says what the deployment is for: the stronger
 * of what its harm and what its scope call for. Scope never weakens, and what harm alone refuses is
 * refused for harm.
 *
 * @param harm what was decided of its harm
 * @param belonging what was judged of its scope; nothing where the charter limits none
 * @param decision what stands
 */
public record Ruling(Decision harm, Optional<Belonging> belonging, Decision decision) {

    /** The id by which a decision names the scope. */
    public static final String RULE = "scope";

    /**
     * From here on a request is refused. Of requests that lie outside, two thirds to three quarters
     * are above it; of those that belong, about one in fifty ({@code docs/judges/scope.md}).
     */
    public static final double REFUSED_FROM = 0.7;

    /** From here on, and where nobody could tell, the model is told what the service is for. */
    public static final double TOLD_FROM = 0.3;

    public Ruling {
        Objects.requireNonNull(harm);
        Objects.requireNonNull(belonging);
        Objects.requireNonNull(decision);
    }

    /** Rules on a request of a deployment that is not limited. */
    public static Ruling of(Decision harm) {
        return new Ruling(harm, Optional.empty(), harm);
    }

    /** Rules on a request of a deployment with a scope. */
    public static Ruling of(Decision harm, Scope scope, Belonging belonging) {
        Decision decision =
                switch (belonging) {
                    case Belonging.Unjudged unjudged -> told(harm, scope);
                    case Belonging.Judged judged ->
                            judged.pOutside() >= REFUSED_FROM
                                    ? refused(harm)
                                    : judged.pOutside() >= TOLD_FROM ? told(harm, scope) : harm;
                };
        return new Ruling(harm, Optional.of(belonging), decision);
    }

    private static Decision refused(Decision harm) {
        return harm.strength() == Strength.REFUSE
                ? harm
                : new Decision.Refuse(
                        Refusal.Kind.SCOPE,
                        new Grounds(
                                first(harm.grounds().rules()),
                                Optional.empty(),
                                Consequence.NONE,
                                harm.grounds().cost()));
    }

    private static Decision told(Decision harm, Scope scope) {
        return switch (harm) {
            case Decision.Allow allow ->
                    new Decision.Condition(
                            List.of(term(scope)),
                            by(allow.grounds(), first(allow.grounds().rules())));
            case Decision.Annotate annotate ->
                    new Decision.Condition(
                            List.of(term(scope)),
                            by(annotate.grounds(), first(annotate.grounds().rules())));
            case Decision.Condition condition ->
                    new Decision.Condition(
                            also(condition.terms(), term(scope)),
                            by(condition.grounds(), also(condition.grounds().rules(), RULE)));
            case Decision.Hold hold -> hold;
            case Decision.Refuse refuse -> refuse;
        };
    }

    /** What the model is told. The rest of the answer is up to it, in any language. */
    private static Term term(Scope scope) {
        return new Term(
                RULE,
                """
                What this service is for: %s Where the request does not belong to that, say so \
                in a sentence and offer what does. Greetings, thanks, complaints and questions \
                about the service are answered as usual.\
                """
                        .formatted(scope.purpose().strip()));
    }

    private static Grounds by(Grounds harm, List<String> rules) {
        return new Grounds(rules, harm.hazard(), harm.consequence(), harm.cost());
    }

    private static List<String> first(List<String> rules) {
        List<String> all = new ArrayList<>();
        all.add(RULE);
        all.addAll(rules);
        return all;
    }

    private static <T> List<T> also(List<T> list, T last) {
        List<T> all = new ArrayList<>(list);
        all.add(last);
        return all;
    }
}
