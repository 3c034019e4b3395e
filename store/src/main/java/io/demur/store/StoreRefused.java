package io.demur.store;

/**
 * Something that the store will not do, though it could: erase what is under a legal hold, keep a
 * body of a subject that was erased. Nothing of it was done.
 */
public final class StoreRefused extends Exception {

    private static final long serialVersionUID = 1;

    StoreRefused(String message) {
        super(message);
    }
}
