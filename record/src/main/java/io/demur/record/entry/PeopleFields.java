package io.demur.record.entry;

import io.demur.core.harm.Severity;

import java.util.Optional;

/** The fields of entries about what people do: REVIEW, APPEAL, REPORT, FEEDBACK, ACCESS, ERASE. */
final class PeopleFields {

    private PeopleFields() {}

    static void write(Review entry, Draft to) {
        to.text("id", entry.id());
        to.text("attempt", entry.attempt());
        to.text("reviewer", entry.reviewer());
        to.text("decision", entry.decision());
        to.text("reason", entry.reason());
        to.truth("second", entry.second());
        entry.acceptable().ifPresent(it -> to.truth("acceptable", it));
        entry.severity().ifPresent(it -> to.word("severity", it));
    }

    static Review review(Fields from) {
        return new Review(
                from.time("at"),
                from.text("id"),
                from.text("attempt"),
                from.text("reviewer"),
                from.text("decision"),
                from.text("reason"),
                from.truth("second"),
                from.has("acceptable") ? Optional.of(from.truth("acceptable")) : Optional.empty(),
                from.maybeWord("severity", Severity.class));
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

    static void write(Report entry, Draft to) {
        to.text("id", entry.id());
        to.text("state", entry.state());
        to.text("about", entry.about());
        to.text("attempt", entry.attempt());
        to.text("model", entry.model());
        to.text("project", entry.project());
        to.text("reason", entry.reason());
        to.text("words", entry.words().map(Commitment::hex));
        to.text("by", entry.by());
        to.truth("named", entry.named());
    }

    static Report report(Fields from) {
        return new Report(
                from.time("at"),
                from.text("id"),
                from.text("state"),
                from.text("about"),
                from.maybeText("attempt"),
                from.maybeText("model"),
                from.maybeText("project"),
                from.text("reason"),
                from.maybeText("words").map(Commitment::new),
                from.maybeText("by"),
                from.truth("named"));
    }

    static void write(Feedback entry, Draft to) {
        to.text("attempt", entry.attempt());
        to.text("by", entry.by());
        to.text("thumb", entry.thumb());
    }

    static Feedback feedback(Fields from) {
        return new Feedback(
                from.time("at"), from.text("attempt"), from.text("by"), from.text("thumb"));
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
