package io.demur.core.access;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The accounts of principals, or of projects, by name. Bounded: somebody who has asked nothing
 * lately makes room for others, but never somebody whose budget of today would be forgotten. Not
 * safe for use by several threads.
 */
final class Accounts {

    private final int most;
    private final Map<String, Account> all = new LinkedHashMap<>(16, 0.75f, true);

    Accounts(int most) {
        this.most = most;
    }

    int size() {
        return all.size();
    }

    /** One that is there or is made; null where there is no room for it. */
    @Nullable Account of(String name, Instant now) {
        Account found = all.get(name);
        if (found != null) {
            return found;
        }
        if (all.size() >= most && !forgetOne(now)) {
            return null;
        }
        Account made = new Account();
        all.put(name, made);
        return made;
    }

    /** Those asked about for longest come first. */
    private boolean forgetOne(Instant now) {
        for (Iterator<Account> each = all.values().iterator(); each.hasNext(); ) {
            if (each.next().isForgettable(now)) {
                each.remove();
                return true;
            }
        }
        return false;
    }
}
