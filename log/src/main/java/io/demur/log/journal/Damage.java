package io.demur.log.journal;

/** A journal that is not what was written, in a way that no sudden end explains. */
public final class Damage extends Exception {

    private static final long serialVersionUID = 1;

    public Damage(String message) {
        super(message);
    }
}
