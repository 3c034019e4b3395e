package io.demur.gateway.drill;

import io.demur.gateway.notice.Notice;
import io.demur.record.entry.DrillRun;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that drills have shown.
 *
 * @param model whose stream; nothing where it is not about one model
 * @param stream which stream, as a word
 * @param found what it did, as a word
 * @param cause what it is put down to
 */
public record Alarm(Optional<String> model, String stream, String found, Cause cause) {

    /** The name of the alarm that drills have stopped. */
    static final String DRILLS = "drills";

    /** What an alarm is put down to. */
    public enum Cause {
        /** The judge says the same as ever about answers that people labelled: it is the model. */
        MODEL,
        /** The judge has changed; what the model does is not known until that is mended. */
        JUDGE,
        /** No drill has passed for too long. */
        SILENT
    }

    /** The entry that tells of it. */
    DrillRun entry(String id, Instant at) {
        return new DrillRun(
                at,
                id,
                stream,
                Optional.empty(),
                "steady",
                found,
                false,
                model,
                Optional.empty(),
                Optional.of(cause.name().toLowerCase(Locale.ROOT)));
    }

    /** What an entry tells of; nothing where it is no alarm. */
    static Optional<Alarm> of(DrillRun entry) {
        return entry.alarm()
                .map(
                        cause ->
                                new Alarm(
                                        entry.model(),
                                        entry.name(),
                                        entry.found(),
                                        Cause.valueOf(cause.toUpperCase(Locale.ROOT))));
    }

    /**
     * What people are told of an entry; nothing where it is no alarm, or a hint: those err about
     * once a year in each stream.
     *
     * @param log the log's name
     */
    public static Optional<Notice> notice(DrillRun entry, String log) {
        return of(entry)
                .filter(alarm -> !alarm.found().startsWith(Change.HINT))
                .map(
                        alarm ->
                                new Notice(
                                        entry.id(),
                                        entry.at(),
                                        Notice.Type.DRILL_ALARM,
                                        log,
                                        Optional.of(
                                                new Notice.About(
                                                        alarm.model(),
                                                        alarm.stream(),
                                                        alarm.found(),
                                                        entry.alarm().orElse(""))),
                                        alarm.words()));
    }

    /** One sentence for people. */
    public String words() {
        String whose = model.map("`%s`: "::formatted).orElse("");
        return switch (cause) {
            case SILENT -> "no drill has passed for too long";
            case JUDGE -> "%s%s %s, and the judge has changed".formatted(whose, stream, found);
            case MODEL -> "%s%s %s, and the judge has not changed".formatted(whose, stream, found);
        };
    }
}
