package io.demur.cli;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.review.Release;
import io.demur.gateway.review.Reviewing;
import io.demur.gateway.review.Withheld;
import io.demur.wire.chat.Event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds everything until the end. */
final class WholeReview implements Reviewing {
    @Override
    public Release open(Request request, Decided decided) {
        List<Event> held = new ArrayList<>();
        return new Release() {
            @Override
            public List<Event> take(Event event) {
                held.add(event);
                return event.isLast() ? held : List.of();
            }

            @Override
            public Optional<Withheld> withheld() {
                return Optional.empty();
            }

            @Override
            public List<JudgeId> judges() {
                return List.of();
            }
        };
    }
}
