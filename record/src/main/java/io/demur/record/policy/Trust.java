package io.demur.record.policy;

import java.util.List;

/** Whose signatures count. Immutable. */
public record Trust(List<Principal> principals) {
    public Trust {
        principals = List.copyOf(principals);
    }
}
