package io.demur.cli;

import io.demur.record.json.Json;

import java.util.Optional;
import java.util.TreeMap;

/**
 * One thing that {@code demur doctor} looked at.
 *
 * @param topic a word that stays the same, for programs that read it
 * @param words what was found, in a line
 * @param fix what to do about it, where there is something
 */
record Finding(Grade grade, String topic, String words, Optional<String> fix) {

    /** How it stands. */
    enum Grade {
        OK("ok"),
        /** It works, and somebody should know. */
        WARN("warn"),
        /** What the gateway is for does not hold. */
        BAD("bad");

        private final String word;

        Grade(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Finding ok(String topic, String words) {
        return new Finding(Grade.OK, topic, words, Optional.empty());
    }

    static Finding warn(String topic, String words, String fix) {
        return new Finding(Grade.WARN, topic, words, Optional.of(fix));
    }

    static Finding bad(String topic, String words, String fix) {
        return new Finding(Grade.BAD, topic, words, Optional.of(fix));
    }

    /** One line for a terminal. */
    String line() {
        return "%-4s  %-11s %s%s"
                .formatted(grade.word(), topic, words, fix.map(it -> "; " + it).orElse(""));
    }

    Json json() {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("grade", new Json.Str(grade.word()));
        fields.put("topic", new Json.Str(topic));
        fields.put("words", new Json.Str(words));
        fix.ifPresent(it -> fields.put("fix", new Json.Str(it)));
        return new Json.Obj(fields);
    }
}
