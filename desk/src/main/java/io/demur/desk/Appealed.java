package io.demur.desk;

import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Said;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How an appeal stands, as the one who made it may know it: who decides is not told.
 *
 * @param id {@code case_…}
 * @param attempt the refused attempt
 * @param due by when somebody should have decided
 * @param decided when somebody has
 * @param reason of the decision, as a code
 * @param version as in {@link ReviewCase}
 */
public record Appealed(
        String id,
        String attempt,
        State state,
        Instant opened,
        Instant due,
        Optional<Instant> decided,
        Optional<String> reason,
        long version) {

    /** How far it has come. */
    public enum State {
        OPEN,
        UPHELD,
        DENIED,
        WITHDRAWN;

        /** As interfaces write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a case says of it. */
    public static Appealed of(ReviewCase appeal) {
        State state =
                switch (appeal.state()) {
                    case OPEN, SECOND -> State.OPEN;
                    case DECIDED ->
                            appeal.said().getLast().decision().equals("overturn")
                                    ? State.UPHELD
                                    : State.DENIED;
                    case WITHDRAWN -> State.WITHDRAWN;
                };
        Optional<Said> last =
                appeal.state() == ReviewCase.State.DECIDED
                        ? Optional.of(appeal.said().getLast())
                        : Optional.empty();
        return new Appealed(
                appeal.id(),
                appeal.attempt().orElseThrow(),
                state,
                appeal.created(),
                appeal.due(),
                last.map(Said::at),
                last.map(Said::reason),
                appeal.version());
    }
}
