package io.demur.store;

/**
 * Something that the store will not do, though it could: erase what is under a legal hold, keep a
 * body of a subject that was erased. Nothing of it was done.
 */
public final class StoreRefused extends Exception {

    private static final long serialVersionUID = 1;

    /**
     * Whoever decides on top of the store refuses in the same way.
     *
     * @param message lower case, no final period, what was found and what would be right
     */
    public StoreRefused(String message) {
        super(message);
    }
}
