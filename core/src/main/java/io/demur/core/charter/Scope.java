package io.demur.core.charter;

import io.demur.core.compose.Purpose;

import java.util.List;

/**
 * What a deployment is for. A request that lies outside is refused as out of scope, which is no
 * word about harm.
 *
 * @param purpose what it is for, in a sentence that a person who asks is told
 * @param inside requests that belong to it
 * @param outside requests that do not
 */
public record Scope(String purpose, List<String> inside, List<String> outside) {
    public Scope {
        if (purpose.isBlank() || inside.isEmpty()) {
            throw new IllegalArgumentException("a scope has a purpose and an example");
        }
        inside = List.copyOf(inside);
        outside = List.copyOf(outside);
    }

    /** The same for a refusal that says what the deployment is for. */
    public Purpose forRefusals() {
        return new Purpose(purpose, inside);
    }
}
