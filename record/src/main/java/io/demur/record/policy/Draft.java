package io.demur.record.policy;

import io.demur.core.Problem;
import io.demur.core.charter.Amendment;

import java.util.List;
import java.util.Optional;

/** A statement that nobody has signed yet, or the reasons why there can be none. */
public sealed interface Draft {

    /** One to sign, and what it would change, where there is something to compare it with. */
    record Ready(Statement statement, Optional<Amendment> amendment) implements Draft {}

    /**
     * None.
     *
     * @param amendment what it would change, where that much is clear
     */
    record Impossible(List<Problem> problems, Optional<Amendment> amendment) implements Draft {
        public Impossible {
            problems = List.copyOf(problems);
        }
    }
}
