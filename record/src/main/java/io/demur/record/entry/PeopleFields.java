package io.demur.record.entry;

import java.util.Optional;

/** The fields of entries about what people do: REVIEW, APPEAL, ACCESS, ERASE. */
final class PeopleFields {

    private PeopleFields() {}

    static void write(Review entry, Draft to) {
        to.text("id", entry.id());
        to.text("attempt", entry.attempt());
        to.text("reviewer", entry.reviewer());
        to.text("decision", entry.decision());
        to.text("reason", entry.reason());
        to.truth("second", entry.second());
    }

    static Review review(Fields from) {
        return new Review(
                from.time("at"),
                from.text("id"),
                from.text("attempt"),
                from.text("reviewer"),
                from.text("decision"),
                from.text("reason"),
                from.truth("second"));
    }

    static void write(Appeal entry, Draft to) {
        to.text("id", entry.id());
        to.text("attempt", entry.attempt());
        to.text("state", entry.state());
        to.text("by", entry.by());
        to.text("reason", entry.reason());
    }

    static Appeal appeal(Fields from) {
        return new Appeal(
                from.time("at"),
                from.text("id"),
                from.text("attempt"),
                from.text("state"),
                from.text("by"),
                from.maybeText("reason"));
    }

    static void write(Access entry, Draft to) {
        to.text("attempt", entry.attempt());
        to.text("part", entry.part());
        to.text("reader", entry.reader());
        to.text("reason", entry.reason());
    }

    static Access access(Fields from) {
        return new Access(
                from.time("at"),
                from.text("attempt"),
                from.text("part"),
                from.text("reader"),
                from.text("reason"));
    }

    static void write(Erase entry, Draft to) {
        to.text("subject", entry.subject());
        entry.before().ifPresent(it -> to.time("before", it));
        to.text("reason", entry.reason());
    }

    static Erase erase(Fields from) {
        return new Erase(
                from.time("at"),
                from.maybeText("subject"),
                from.has("before") ? Optional.of(from.time("before")) : Optional.empty(),
                from.text("reason"));
    }
}
