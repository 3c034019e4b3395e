package io.demur.record.entry;

import io.demur.record.json.Json;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An object of an entry while it is written. What is absent is left out. */
final class Draft {

    private final SortedMap<String, Json> fields = new TreeMap<>();

    Draft text(String name, String text) {
        fields.put(name, new Json.Str(text));
        return this;
    }

    Draft text(String name, Optional<String> text) {
        text.ifPresent(it -> text(name, it));
        return this;
    }

    /** A constant, in lower case. */
    Draft word(String name, Enum<?> constant) {
        return text(name, constant.name().toLowerCase(Locale.ROOT));
    }

    Draft texts(String name, List<String> texts) {
        if (!texts.isEmpty()) {
            fields.put(
                    name, new Json.Arr(texts.stream().map(it -> (Json) new Json.Str(it)).toList()));
        }
        return this;
    }

    Draft whole(String name, long number) {
        fields.put(name, new Json.Whole(number));
        return this;
    }

    Draft truth(String name, boolean value) {
        fields.put(name, new Json.Bool(value));
        return this;
    }

    /** Microseconds since 1970. */
    Draft time(String name, Instant time) {
        return whole(name, ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }

    /** Microseconds. */
    Draft span(String name, Duration span) {
        return whole(
                name,
                Math.addExact(
                        Math.multiplyExact(span.getSeconds(), 1_000_000L), span.getNano() / 1_000));
    }

    Draft kept(String name, Kept kept) {
        Draft body = new Draft();
        body.word("mode", kept.mode());
        body.whole("bytes", kept.bytes());
        body.text("body", kept.body().hex());
        body.text("stored", kept.stored().map(Commitment::hex));
        fields.put(name, body.object());
        return this;
    }

    Draft object(String name, Draft inner) {
        fields.put(name, inner.object());
        return this;
    }

    Json.Obj object() {
        return new Json.Obj(fields);
    }
}
