package io.demur.record.entry;

import java.time.Instant;

/**
 * An entry of a type or version that this program does not know: a later one wrote it. It verifies
 * like any other, and is shown as it stands.
 *
 * @param type what it says of its type
 * @param version what it says of its version
 * @param json its canonical bytes as text
 */
public record Unknown(Instant at, String type, int version, String json) implements Entry {

    @Override
    public Unknown at(Instant time) {
        throw new UnsupportedOperationException("what is not known is not written");
    }
}
