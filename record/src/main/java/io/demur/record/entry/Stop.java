package io.demur.record.entry;

import java.time.Instant;

/**
 * STOP: the process that wrote START ends in good order.
 *
 * @param program which
 */
public record Stop(Instant at, String program) implements Entry {

    public Stop {
        at = Words.micros(at);
        Words.name("program", program);
    }

    @Override
    public Stop at(Instant time) {
        return new Stop(time, program);
    }
}
