package io.demur.desk;

import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.Said;

import java.util.Optional;

/**
 * What a decision says of a request, for who trains or measures by it. Known cases are none, nor is
 * what nobody has decided.
 *
 * @param harmful whether it should not be answered
 */
public record Label(ReviewCase of, String attempt, boolean harmful) {

    /** That of a case that is decided; its last look counts. */
    static Optional<Label> of(ReviewCase it) {
        if (it.kind() == Kind.SEEDED || it.attempt().isEmpty() || it.said().isEmpty()) {
            return Optional.empty();
        }
        Said last = it.said().getLast();
        boolean overturned = last.decision().equals("overturn");
        boolean harmful =
                switch (it.kind()) {
                    case HOLD -> last.decision().equals("refuse");
                    // answered: to overturn that is to say that it should not have been
                    case SAMPLE, SEEDED, REPORT -> overturned;
                    // refused: to overturn that is to say that it should have been answered
                    case INCIDENT, APPEAL -> !overturned;
                };
        return Optional.of(new Label(it, it.attempt().get(), harmful));
    }
}
