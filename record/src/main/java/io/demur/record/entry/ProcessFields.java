package io.demur.record.entry;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The fields of entries about the installation itself: POLICY, KEY, START, STOP. */
final class ProcessFields {

    private ProcessFields() {}

    static void write(PolicyChange entry, Draft to) {
        to.text("action", entry.action());
        to.text("before", entry.before());
        to.text("after", entry.after());
        to.text("direction", entry.direction());
        to.texts("by", entry.by());
        to.text("reason", entry.reason());
        to.text("difference", entry.difference());
        to.text("statement", entry.statement());
        entry.serial().ifPresent(serial -> to.whole("serial", serial));
        entry.expires().ifPresent(expires -> to.time("expires", expires));
        entry.delay().ifPresent(delay -> to.whole("delay", delay.toSeconds()));
        entry.longest().ifPresent(longest -> to.whole("longest", longest.toSeconds()));
    }

    static PolicyChange policy(Fields from) {
        return new PolicyChange(
                from.time("at"),
                from.text("action"),
                from.maybeText("before"),
                from.text("after"),
                from.text("direction"),
                from.texts("by"),
                from.maybeText("reason"),
                from.maybeText("difference"),
                from.maybeText("statement"),
                from.has("serial") ? OptionalLong.of(from.whole("serial")) : OptionalLong.empty(),
                from.has("expires") ? Optional.of(from.time("expires")) : Optional.empty(),
                seconds(from, "delay"),
                seconds(from, "longest"));
    }

    private static Optional<Duration> seconds(Fields from, String field) {
        return from.has(field)
                ? Optional.of(Duration.ofSeconds(from.whole(field)))
                : Optional.empty();
    }

    static void write(KeyChange entry, Draft to) {
        to.text("purpose", entry.purpose());
        to.text("id", entry.id());
        to.text("action", entry.action());
        to.text("public", entry.publicKey());
        to.text("reason", entry.reason());
    }

    static KeyChange key(Fields from) {
        return new KeyChange(
                from.time("at"),
                from.text("purpose"),
                from.text("id"),
                from.text("action"),
                from.maybeText("public"),
                from.maybeText("reason"));
    }

    static void write(Start entry, Draft to) {
        to.text("program", entry.program());
        to.text("version", entry.version());
        to.text("image", entry.image());
        to.text("policy", entry.policy());
    }

    static Start start(Fields from) {
        return new Start(
                from.time("at"),
                from.text("program"),
                from.text("version"),
                from.maybeText("image"),
                from.maybeText("policy"));
    }

    static void write(Stop entry, Draft to) {
        to.text("program", entry.program());
    }

    static Stop stop(Fields from) {
        return new Stop(from.time("at"), from.text("program"));
    }
}
