package io.demur.core.compose;

import io.demur.core.Refusal;
import io.demur.core.harm.Bearer;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why something was kept back, for programs: the fields that Article 17(3) of the Digital Services
 * Act asks of a statement of reasons. It holds codes and ids, and never a word of the request.
 *
 * @param decision how strong it is: CONDITION, HOLD or REFUSE
 * @param kind why it was refused, of those that are refused
 * @param scope what is kept back
 * @param lasting for how long
 * @param facts what was relied on; nothing where nobody could judge, or harm is not the reason
 * @param detected how it was found
 * @param decided who decides
 * @param reason the ground in one code
 * @param rules the ground in full: the rules of the policy, the decisive one first
 * @param redress where to go on
 * @param language code of the language in which the caller was told
 */
public record Statement(
        Decision.Strength decision,
        Optional<Refusal.Kind> kind,
        Occasion.Scope scope,
        Lasting lasting,
        Optional<Facts> facts,
        Means detected,
        Means decided,
        ReasonCode reason,
        List<String> rules,
        Reference redress,
        String language) {

    /** For how long something is kept back. */
    public enum Lasting {
        /** For this request; another one is decided anew. */
        ONCE,
        /** Until a person has looked. */
        UNTIL_REVIEWED,
        /** Until an appeal is upheld, or what is known of the caller changes. */
        UNTIL_REOPENED
    }

    /** Who did something. */
    public enum Means {
        AUTOMATED,
        PERSON
    }

    /**
     * What was relied on.
     *
     * @param harmPpm probability of harm, in parts per million
     * @param severity how bad it would be for one who bears it, and the rest of {@link Consequence}
     *     likewise, in its codes
     * @param bearers those who would bear it, of those that have a code
     * @param judge name and version of who said so
     */
    public record Facts(
            int harmPpm,
            Severity severity,
            Consequence.Reversibility reversibility,
            Consequence.Reach reach,
            List<Bearer> bearers,
            String judge) {
        public Facts {
            Objects.requireNonNull(severity);
            Objects.requireNonNull(reversibility);
            Objects.requireNonNull(reach);
            Objects.requireNonNull(judge);
            bearers = List.copyOf(bearers);
        }
    }

    public Statement {
        Objects.requireNonNull(scope);
        Objects.requireNonNull(lasting);
        Objects.requireNonNull(facts);
        Objects.requireNonNull(detected);
        Objects.requireNonNull(decided);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(redress);
        Objects.requireNonNull(language);
        rules = List.copyOf(rules);
        if (kind.isPresent() != (decision == Decision.Strength.REFUSE)) {
            throw new IllegalArgumentException(
                    "kind `%s` does not fit decision `%s`".formatted(kind, decision));
        }
    }
}
