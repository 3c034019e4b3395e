package io.demur.gateway.notice;

import io.demur.record.json.Canonical;
import io.demur.record.json.Json;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What somebody is told.
 *
 * @param id of the entry that the log has of it; whoever gets it twice knows it by this
 * @param log the name of the log
 * @param about what an alarm is about; nothing of a test
 * @param words the same for people, in one line
 */
public record Notice(
        String id, Instant at, Type type, String log, Optional<About> about, String words) {

    /** Why it is sent. */
    public enum Type {
        /** Drills have shown something. */
        DRILL_ALARM,
        /** Somebody wants to know whether it arrives. */
        TEST;

        /** As recipients read it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '.');
        }
    }

    /**
     * What an alarm is about.
     *
     * @param model which, where it is about one
     * @param stream which results
     * @param found what they did
     * @param cause what it is put down to
     */
    public record About(Optional<String> model, String stream, String found, String cause) {
        public About {
            Objects.requireNonNull(model);
        }
    }

    /** Control characters in {@code words} are made visible: a line stays one line. */
    public Notice {
        Objects.requireNonNull(about);
        words = line(words);
    }

    /** The same as one line that steers nothing. */
    static String line(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }

    /** One that only says that it arrives. */
    public static Notice test(String id, Instant at, String log) {
        return new Notice(
                id,
                at,
                Type.TEST,
                log,
                Optional.empty(),
                "a test: this is where alarms of `%s` arrive".formatted(log));
    }

    /** The body that a webhook gets. */
    byte[] json() {
        TreeMap<String, Json> data = new TreeMap<>();
        data.put("entry", new Json.Str(id));
        data.put("log", new Json.Str(log));
        data.put("words", new Json.Str(words));
        about.ifPresent(
                it -> {
                    data.put("stream", new Json.Str(it.stream()));
                    data.put("found", new Json.Str(it.found()));
                    data.put("cause", new Json.Str(it.cause()));
                    it.model().ifPresent(model -> data.put("model", new Json.Str(model)));
                });
        TreeMap<String, Json> whole = new TreeMap<>();
        whole.put("type", new Json.Str(type.word()));
        whole.put("timestamp", new Json.Str(at.toString()));
        whole.put("data", new Json.Obj(data));
        return Canonical.bytes(new Json.Obj(whole));
    }
}
