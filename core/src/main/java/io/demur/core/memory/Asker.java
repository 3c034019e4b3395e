package io.demur.core.memory;

import io.demur.core.policy.Context;

/**
 * Who asks: what of the authenticated context may reopen a refused request when it changes. Neither
 * the model asked nor the time of day is part of it, nor anything that the caller can write.
 *
 * @param role of the principal
 * @param purpose that the project has declared
 * @param grant what the key or a registered prompt grants, in any fixed spelling; may be empty
 */
public record Asker(String role, String purpose, String grant) {

    /** Those of a context, with a grant beside it. */
    public static Asker of(Context context, String grant) {
        return new Asker(context.role(), context.purpose(), grant);
    }

    /** Keyed, so that what is kept names neither. */
    long hash(MemoryKey key) {
        return key.hash(
                "grounds",
                "%d,%d:%s%s%s".formatted(role.length(), purpose.length(), role, purpose, grant));
    }
}
