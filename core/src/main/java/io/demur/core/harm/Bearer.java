package io.demur.core.harm;

import io.demur.core.harm.Consequence.Reach;

/** A group that may bear a harm, as far as judges tell them apart. */
public enum Bearer {
    PUBLIC("the public", Reach.MANY),
    PERSON("a particular person", Reach.ONE),
    CHILDREN("children", Reach.FEW),
    WORKERS("workers", Reach.MANY),
    MINORITY("a minority", Reach.MANY),
    VULNERABLE("people in need of protection", Reach.FEW),
    CUSTOMERS("customers", Reach.MANY),
    PATIENTS("patients", Reach.FEW),
    BUSINESS("businesses", Reach.FEW),
    ANIMALS("animals", Reach.FEW),
    ENVIRONMENT("the environment", Reach.MANY),
    /** Who wrote the request. */
    ASKER("the asker", Reach.ONE),
    INSTITUTIONS("institutions", Reach.FEW),
    VOTERS("voters", Reach.MANY),
    OTHERS("others", Reach.FEW);

    private final String words;
    private final Reach reach;

    Bearer(String words, Reach reach) {
        this.words = words;
        this.reach = reach;
    }

    /** What a reader is shown, such as {@code the public}. */
    public String words() {
        return words;
    }

    /** How many of them a harm mostly reaches, where nothing more is known. */
    public Reach reach() {
        return reach;
    }
}
