package io.demur.gateway;

import io.demur.core.access.AccessKey;
import io.demur.core.access.KeyText;
import io.demur.core.access.Limits;
import io.demur.core.access.Operation;
import io.demur.core.access.Principal;
import io.demur.core.access.Scope;
import io.demur.core.policy.Axes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Who has which key, in tests. */
final class People {

    static final Limits TWO_A_MINUTE =
            new Limits(
                    OptionalLong.of(2),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty());

    static final Scope REVIEWING =
            new Scope(Set.of(Operation.REVIEW, Operation.METRICS), List.of());

    private People() {}

    static Principal who(String pseudonym, Limits limits) {
        return new Principal(pseudonym, Axes.OTHER, limits, Instant.now(), Optional.empty());
    }

    static AccessKey key(KeyText text, String principal, Scope scope) {
        return new AccessKey(
                text.id(),
                text.hash(),
                principal,
                Optional.empty(),
                scope,
                Instant.now(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
