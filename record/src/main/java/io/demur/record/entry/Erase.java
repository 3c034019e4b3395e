package io.demur.record.entry;

import java.time.Instant;
import java.util.Optional;

/**
 * ERASE: the data of a subject, or bodies whose time is over, are destroyed.
 *
 * @param subject the pseudonym; nothing where it is about time alone
 * @param before bodies whose time was over by then, where it is about time
 * @param reason {@code request}, {@code retention} or another reason code
 */
public record Erase(Instant at, Optional<String> subject, Optional<Instant> before, String reason)
        implements Entry {

    public Erase {
        at = Words.micros(at);
        subject.ifPresent(it -> Words.name("subject", it));
        before = before.map(Words::micros);
        Words.code("reason", reason);
        if (subject.isPresent() == before.isPresent()) {
            throw new IllegalArgumentException("an erasure names a subject, or a time");
        }
    }

    @Override
    public Erase at(Instant time) {
        return new Erase(time, subject, before, reason);
    }
}
