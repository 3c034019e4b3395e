package io.demur.record.entry;

import io.demur.record.json.Json;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An object of an entry while it is read. Fields that nobody asks for are passed over: a later
 * program may have written them.
 */
final class Fields {

    private final Map<String, Json> fields;

    Fields(Json.Obj object) {
        this.fields = object.fields();
    }

    String text(String name) {
        return as(Json.Str.class, name, "a text").text();
    }

    Optional<String> maybeText(String name) {
        return fields.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
    }

    <E extends Enum<E>> E word(String name, Class<E> words) {
        String word = text(name);
        for (E constant : words.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(
                "`%s` is `%s`, which is not known".formatted(name, word));
    }

    <E extends Enum<E>> Optional<E> maybeWord(String name, Class<E> words) {
        return fields.containsKey(name) ? Optional.of(word(name, words)) : Optional.empty();
    }

    List<String> texts(String name) {
        if (!fields.containsKey(name)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (Json item : as(Json.Arr.class, name, "a list").items()) {
            if (!(item instanceof Json.Str text)) {
                throw new IllegalArgumentException("`%s` is no list of texts".formatted(name));
            }
            texts.add(text.text());
        }
        return texts;
    }

    long whole(String name) {
        return as(Json.Whole.class, name, "a whole number").number();
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    boolean truth(String name) {
        return as(Json.Bool.class, name, "true or false").value();
    }

    Instant time(String name) {
        return Instant.EPOCH.plus(whole(name), ChronoUnit.MICROS);
    }

    Duration span(String name) {
        return Duration.of(whole(name), ChronoUnit.MICROS);
    }

    Fields object(String name) {
        return new Fields(as(Json.Obj.class, name, "an object"));
    }

    Kept kept(String name) {
        Fields body = object(name);
        return new Kept(
                body.word("mode", Kept.Mode.class),
                body.whole("bytes"),
                new Commitment(body.text("body")),
                body.maybeText("stored").map(Commitment::new));
    }

    private <J extends Json> J as(Class<J> kind, String name, String what) {
        @Nullable Json value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("`%s` is missing".formatted(name));
        }
        if (!kind.isInstance(value)) {
            throw new IllegalArgumentException("`%s` is not %s".formatted(name, what));
        }
        return kind.cast(value);
    }
}
