package io.demur.core;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One refusal: how far it goes, of what kind and form, who made it, how well, and the words which
 * show it.
 *
 * @param degree PARTIAL or FULL
 * @param kind why it was refused
 * @param forms how it is put; empty where there are no words to read, and never modified
 * @param origin who made it
 * @param craft how well it is made
 * @param evidence stretches of the response in the order of the text; empty where the provider gave
 *     no words
 */
public record Refusal(
        Degree degree,
        Kind kind,
        Set<Form> forms,
        Origin origin,
        Craft craft,
        List<Evidence> evidence) {

    /** Why something is refused. */
    public enum Kind {
        /** Should not. */
        POLICY,
        /** Cannot: no access, no ability, no knowledge. */
        CAPABILITY,
        /** Lies outside what this product is for. */
        SCOPE,
        /** Will do one thing but not another, or will once something is known. */
        CONDITIONAL
    }

    /** How a refusal is put. One refusal may combine several. */
    public enum Form {
        /** Says so: "I can't help with that". */
        DIRECT,
        /** Contradicts what the question takes for granted. */
        PREMISE,
        /** Offers only something else. */
        REDIRECT,
        /** Hides behind what it is: "as an AI". */
        DISCLAIM,
        /** Evades, and says nothing. */
        DEFLECT
    }

    /** Who made a refusal. */
    public enum Origin {
        /** The model, in its text. */
        MODEL,
        /** A structured signal or a filter of the provider's API. */
        PROVIDER,
        /** Demur's own gateway. */
        GATEWAY
    }

    public Refusal {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(craft);
        if (degree == Degree.COMPLIANCE) {
            throw new IllegalArgumentException("a refusal cannot have degree COMPLIANCE");
        }
        EnumSet<Form> ordered = EnumSet.noneOf(Form.class);
        ordered.addAll(forms);
        forms = Collections.unmodifiableSet(ordered);
        evidence = List.copyOf(evidence);
    }
}
