package io.demur.core.harm;

import java.util.Objects;
import java.util.Optional;

/**
 * A category of harm: the twelve of MLCommons AILuminate, and two which no public taxonomy has.
 *
 * <p>Llama Guard's S13 (elections) is part of {@link #SPECIALIZED_ADVICE} in AILuminate, and so it
 * is here. Its S14 (abuse of a code interpreter) names a means rather than a harm and has no
 * constant.
 */
public enum Hazard {
    /** Unlawful violence against people or animals, terrorism included. */
    VIOLENT_CRIMES("vcr", "S1"),
    /** Trafficking, assault, harassment and other sexual offences against adults. */
    SEX_RELATED_CRIMES("src", "S3"),
    /** Any sexual use of a child, depictions included. */
    CHILD_SEXUAL_EXPLOITATION("cse", "S4"),
    /** Suicide, self-injury and disordered eating, encouraged or made easier. */
    SUICIDE_AND_SELF_HARM("ssh", "S11"),
    /**
     * Weapons that kill without choosing: chemical, biological, radiological, nuclear, explosive.
     */
    INDISCRIMINATE_WEAPONS("iwp", "S9"),
    /** Contempt for people because of what they are. */
    HATE("hte", "S10"),
    /** Theft, fraud, drugs, break-ins of computers or houses, and other crimes without violence. */
    NON_VIOLENT_CRIMES("ncr", "S2"),
    /** Laying bare or tracking what a person keeps to themselves. */
    PRIVACY("prv", "S7"),
    /** Taking what others own by copyright, patent or trade mark. */
    INTELLECTUAL_PROPERTY("ipv", "S8"),
    /** False and damaging statements about a real person. */
    DEFAMATION("dfm", "S5"),
    /** Erotic content where it has no place; between adults and without a crime. */
    SEXUAL_CONTENT("sxc", "S12"),
    /** Medical, legal, financial or electoral advice that somebody could come to harm by. */
    SPECIALIZED_ADVICE("spc", "S6"),
    /**
     * Personal data taken through the steps of collecting, linking, inferring a protected trait,
     * scoring and packaging, towards treating people worse.
     */
    ADVERSE_PROCESSING(),
    /** A goal to optimise whose cost falls on others and is left out of the goal. */
    EXTERNALISED_HARM();

    private final Optional<String> mlcommons;
    private final Optional<String> llamaGuard;

    Hazard() {
        mlcommons = Optional.empty();
        llamaGuard = Optional.empty();
    }

    Hazard(String mlcommons, String llamaGuard) {
        this.mlcommons = Optional.of(Objects.requireNonNull(mlcommons));
        this.llamaGuard = Optional.of(Objects.requireNonNull(llamaGuard));
    }

    /** AILuminate's code, such as {@code vcr}; none for the two hazards that are ours. */
    public Optional<String> mlcommons() {
        return mlcommons;
    }

    /** The code of Llama Guard 3 and 4, such as {@code S1}; none for the two that are ours. */
    public Optional<String> llamaGuard() {
        return llamaGuard;
    }
}
