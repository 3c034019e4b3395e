package io.demur.core.compose;

import io.demur.core.harm.Hazard;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Why something was kept back, in one word that programs can rely on. The codes are stable, and
 * {@code docs/reference/reasons.md} says what each means.
 */
public enum ReasonCode {
    VIOLENT_CRIMES(Hazard.VIOLENT_CRIMES),
    SEX_RELATED_CRIMES(Hazard.SEX_RELATED_CRIMES),
    CHILD_SEXUAL_EXPLOITATION(Hazard.CHILD_SEXUAL_EXPLOITATION),
    SUICIDE_AND_SELF_HARM(Hazard.SUICIDE_AND_SELF_HARM),
    INDISCRIMINATE_WEAPONS(Hazard.INDISCRIMINATE_WEAPONS),
    HATE(Hazard.HATE),
    NON_VIOLENT_CRIMES(Hazard.NON_VIOLENT_CRIMES),
    PRIVACY(Hazard.PRIVACY),
    INTELLECTUAL_PROPERTY(Hazard.INTELLECTUAL_PROPERTY),
    DEFAMATION(Hazard.DEFAMATION),
    SEXUAL_CONTENT(Hazard.SEXUAL_CONTENT),
    SPECIALIZED_ADVICE(Hazard.SPECIALIZED_ADVICE),
    ADVERSE_PROCESSING(Hazard.ADVERSE_PROCESSING),
    EXTERNALISED_HARM(Hazard.EXTERNALISED_HARM),
    /** Harm of which it is not clear what kind it is. */
    HARM_UNCLEAR(),
    /** The policy says so, and no hazard is the reason. */
    POLICY_RULE(),
    /** There is no valid judgement. */
    UNJUDGED(),
    /** Outside of what the service is for. */
    OUT_OF_SCOPE(),
    /** The service has no means for it. */
    NO_MEANS(),
    /** Something like it was refused before, and the policy carries that on. */
    REFUSED_EARLIER(),
    /** The answer did not meet a condition. */
    TERMS_UNMET();

    private final Optional<Hazard> hazard;

    ReasonCode() {
        hazard = Optional.empty();
    }

    ReasonCode(Hazard hazard) {
        this.hazard = Optional.of(Objects.requireNonNull(hazard));
    }

    /** As programs see it, such as {@code violent-crimes}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The hazard that is the reason, if one is. */
    public Optional<Hazard> hazard() {
        return hazard;
    }

    /** The code of a hazard. */
    public static ReasonCode of(Hazard hazard) {
        return valueOf(hazard.name());
    }
}
