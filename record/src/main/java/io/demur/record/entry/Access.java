package io.demur.record.entry;

import java.time.Instant;

/**
 * ACCESS: somebody has read a body. Durable before it is shown.
 *
 * @param attempt whose body
 * @param part {@code request} or {@code reply}
 * @param reader who, as a pseudonym or the name of an operator
 * @param reason a reason code
 */
public record Access(Instant at, String attempt, String part, String reader, String reason)
        implements Entry {

    public Access {
        at = Words.micros(at);
        Words.id("attempt", "att", attempt);
        Words.code("part", part);
        Words.name("reader", reader);
        Words.code("reason", reason);
    }

    @Override
    public Access at(Instant time) {
        return new Access(time, attempt, part, reader, reason);
    }
}
