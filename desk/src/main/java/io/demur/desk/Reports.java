package io.demur.desk;

import io.demur.record.entry.Commitment;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Report;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.keys.ReportersKey;
import io.demur.store.Bodies;
import io.demur.store.Cases;
import io.demur.store.EntryWriter;
import io.demur.store.Exchanged;
import io.demur.store.Past;
import io.demur.store.Petitions;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;
import io.demur.store.Subjects;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What somebody says should have been refused. Of whoever reports, nothing is kept, or the name
 * sealed for the key of reporters; nothing takes a report back. Safe for use by several threads and
 * processes.
 */
public final class Reports {

    /** How long what somebody writes may be, in characters. */
    public static final int WORDS_MAX = 4_000;

    private static final String PART = "report";
    private static final String SEALED = "reporter";

    private final Petitions petitions;
    private final Cases cases;
    private final Bodies bodies;
    private final Subjects subjects;
    private final Past past;
    private final Sealing sealing;
    private final Ids ids;
    private final Service service;
    private final InstantSource clock;

    /** Has the key of reporters, which is made when it is first wanted. */
    @FunctionalInterface
    public interface Sealing {
        ReportersKey key() throws IOException;
    }

    public Reports(
            Petitions petitions,
            Cases cases,
            Bodies bodies,
            Subjects subjects,
            Past past,
            Sealing sealing,
            Ids ids,
            Service service,
            InstantSource clock) {
        this.petitions = petitions;
        this.cases = cases;
        this.bodies = bodies;
        this.subjects = subjects;
        this.past = past;
        this.sealing = sealing;
        this.ids = ids;
        this.service = service;
        this.clock = clock;
    }

    /** What it is about. */
    public sealed interface About {
        /** An exchange, of whomever. */
        record OfExchange(String attempt) implements About {}

        record OfModel(String model) implements About {}

        /** Something that is done here, whatever was asked for it. */
        record OfUse() implements About {}

        /** As interfaces and the log write it. */
        default String word() {
            return switch (this) {
                case OfExchange it -> "exchange";
                case OfModel it -> "model";
                case OfUse it -> "use";
            };
        }
    }

    /**
     * Who reports.
     *
     * @param principal as a pseudonym, or the name of somebody who has none
     * @param name that people know
     */
    public record Reporter(String principal, Optional<String> name) {
        public Reporter {
            Objects.requireNonNull(name);
        }
    }

    /**
     * Opens one. It is on disk when this returns, and its entry waits for the log.
     *
     * @param reason a code
     * @param words for whoever looks at it; may be empty
     * @param reporter whose name is kept, sealed; nothing is kept of anybody else
     * @param kept how long the words are kept
     * @return its id; nothing where there is no such exchange
     */
    public Optional<String> open(
            About about, String reason, String words, Optional<Reporter> reporter, Duration kept)
            throws StoreFailed, StoreRefused, IOException {
        if (words.codePointCount(0, words.length()) > WORDS_MAX) {
            throw new IllegalArgumentException(
                    "a report has %d characters at most, not %d"
                            .formatted(WORDS_MAX, words.codePointCount(0, words.length())));
        }
        Optional<Exchanged> exchange =
                about instanceof About.OfExchange it
                        ? past.exchange(it.attempt())
                        : Optional.empty();
        if (about instanceof About.OfExchange && exchange.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> model =
                about instanceof About.OfModel it
                        ? Optional.of(it.model())
                        : exchange.map(Exchanged::model);
        Instant now = clock.instant();
        String id = ids.next("case");
        // made before anything is kept: it says whether reason and model can stand in the log
        Report check = entry(now, id, about, exchange, reason, Optional.empty(), false);
        TreeMap<String, Json> more = new TreeMap<>();
        more.put("about", new Json.Str(check.about()));
        more.put("reason", new Json.Str(reason));
        if (reporter.isPresent()) {
            byte[] sealed = sealing.key().seal(id, Canonical.bytes(json(reporter.get())));
            more.put(SEALED, new Json.Str(Base64.getEncoder().encodeToString(sealed)));
        }
        Optional<String> subject =
                words.isBlank()
                        ? Optional.empty()
                        : Optional.of(subjects.pseudonym("demur report " + id));
        Optional<Commitment> said = Optional.empty();
        if (subject.isPresent()) {
            said =
                    Optional.of(
                            bodies.put(
                                            place(id),
                                            PART,
                                            subject.get(),
                                            Kept.Mode.FULL,
                                            words.getBytes(StandardCharsets.UTF_8),
                                            kept)
                                    .body());
        }
        ReviewCase opened =
                ReviewCase.opened(
                        id,
                        Kind.REPORT,
                        exchange.map(Exchanged::attempt),
                        subject,
                        exchange.flatMap(Exchanged::project),
                        exchange.flatMap(Exchanged::hazard),
                        model,
                        exchange.map(Exchanged::modelClass),
                        new Json.Obj(more),
                        now,
                        now.plus(service.of(Kind.REPORT)));
        Report entry = entry(now, id, about, exchange, reason, said, reporter.isPresent());
        var unused = petitions.open(opened, List.of(entry), Integer.MAX_VALUE);
        return Optional.of(id);
    }

    private static Report entry(
            Instant now,
            String id,
            About about,
            Optional<Exchanged> exchange,
            String reason,
            Optional<Commitment> words,
            boolean named) {
        return new Report(
                now,
                id,
                "opened",
                about.word(),
                exchange.map(Exchanged::attempt),
                about instanceof About.OfModel it ? Optional.of(it.model()) : Optional.empty(),
                exchange.flatMap(Exchanged::project),
                reason,
                words,
                Optional.empty(),
                named);
    }

    /** Words of a report lie where those of an attempt of the same number would. */
    private static String place(String id) {
        return "att_" + id.substring("case_".length());
    }

    private static Json json(Reporter reporter) {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("principal", new Json.Str(reporter.principal()));
        reporter.name().ifPresent(it -> fields.put("name", new Json.Str(it)));
        return new Json.Obj(fields);
    }

    /** One of them. */
    public Optional<ReviewCase> find(String id) throws StoreFailed {
        return cases.find(id).filter(it -> it.kind() == Kind.REPORT);
    }

    /** What was written; the log says first who reads it. */
    public Optional<String> words(String id, String reader, EntryWriter log)
            throws StoreFailed, StoreRefused, IOException {
        return bodies.read(place(id), PART, reader, "report", log)
                .map(it -> new String(it, StandardCharsets.UTF_8));
    }

    /**
     * Who has made a report, for who can open it. The case has only what is sealed.
     *
     * @return canonical JSON with {@code principal} and, where it is known, {@code name}; nothing
     *     where no name was kept
     */
    public static Optional<byte[]> sealed(ReviewCase report) {
        return report.about().fields().get(SEALED) instanceof Json.Str sealed
                ? Optional.of(Base64.getDecoder().decode(sealed.text()))
                : Optional.empty();
    }

    /** What a case is about, for reviewers: that a name is kept, and nothing of what is sealed. */
    static Json.Obj shown(ReviewCase it) {
        TreeMap<String, Json> fields = new TreeMap<>(it.about().fields());
        if (fields.remove(SEALED) != null) {
            fields.put("named", new Json.Bool(true));
        }
        return new Json.Obj(fields);
    }

    /** What a report is about, in a word. */
    public static String about(ReviewCase report) {
        return report.about().fields().get("about") instanceof Json.Str text ? text.text() : "use";
    }

    /** Why it was made, as a code. */
    public static String reason(ReviewCase report) {
        return report.about().fields().get("reason") instanceof Json.Str text ? text.text() : "";
    }
}
