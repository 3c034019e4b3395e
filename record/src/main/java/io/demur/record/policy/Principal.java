package io.demur.record.policy;

import io.demur.log.note.VerifierKey;

import java.util.List;
import java.util.Set;

/**
 * Somebody who signs.
 *
 * @param name who, unique in a trust document
 * @param roles what their signatures count for
 * @param keys their keys: two of one principal are one signature
 */
public record Principal(String name, Set<Role> roles, List<VerifierKey> keys) {

    /** What a signature counts for. */
    public enum Role {
        /** Writes policies. */
        AUTHOR,
        /** Agrees to what others have written. */
        APPROVER
    }

    public Principal {
        roles = Set.copyOf(roles);
        keys = List.copyOf(keys);
    }
}
