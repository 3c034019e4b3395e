package io.demur.gateway.incident;

import io.demur.store.RequestPrints;
import io.demur.store.StoreFailed;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Attempts that were compared, noted in the store some at a time. What a kill leaves unnoted is
 * compared once more. Safe for use by several threads, none of them virtual.
 */
final class Compared {

    private static final System.Logger LOGGER = System.getLogger(Compared.class.getName());

    /** So many are noted at once, by whoever adds the last of them. */
    private static final int TOGETHER = 64;

    /** While the store fails, so many are known by name; others are compared once more. */
    private static final int UNNOTED_MAX = 10_000;

    private final RequestPrints prints;
    private final List<String> attempts = new ArrayList<>();

    Compared(RequestPrints prints) {
        this.prints = prints;
    }

    /** Takes one. That the store fails is no matter of whoever adds the last of so many. */
    void add(String attempt) {
        boolean full;
        synchronized (this) {
            attempts.add(attempt);
            full = attempts.size() % TOGETHER == 0;
        }
        if (full) {
            try {
                note();
            } catch (StoreFailed e) {
                LOGGER.log(Level.DEBUG, "noted at the next look: {0}", e.getMessage());
            }
        }
    }

    /** Notes all. */
    void note() throws StoreFailed {
        List<String> all = taken();
        if (!all.isEmpty()) {
            try {
                prints.compared(all);
            } catch (StoreFailed | RuntimeException e) {
                back(all);
                throw e;
            }
        }
    }

    private synchronized List<String> taken() {
        List<String> all = List.copyOf(attempts);
        attempts.clear();
        return all;
    }

    private synchronized void back(List<String> all) {
        attempts.addAll(
                all.subList(0, Math.max(0, Math.min(all.size(), UNNOTED_MAX - attempts.size()))));
    }
}
