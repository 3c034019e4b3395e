package io.demur.desk;

import io.demur.record.entry.Appeal;
import io.demur.record.entry.Kept;
import io.demur.record.json.Json;
import io.demur.store.Bodies;
import io.demur.store.Cases;
import io.demur.store.EntryWriter;
import io.demur.store.Exchanged;
import io.demur.store.Past;
import io.demur.store.Petitions;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Refusals that are questioned. There is one appeal for each refused attempt, whose id comes from
 * the attempt's, so that two who open it at once open the same one; where it was withdrawn another
 * may be made. Safe for use by several threads and processes.
 */
public final class Appeals {

    /** How long what somebody writes may be, in characters. */
    public static final int WORDS_MAX = 4_000;

    /** How many of one principal may be open. */
    public static final int OPEN_MAX = 20;

    /** How many there may be against one attempt, those that were withdrawn among them. */
    public static final int PER_ATTEMPT_MAX = 3;

    private static final String PART = "appeal";
    private static final String REFERENCE = "att_";

    private final Petitions petitions;
    private final Cases cases;
    private final Bodies bodies;
    private final Past past;
    private final Service service;
    private final InstantSource clock;

    public Appeals(
            Petitions petitions,
            Cases cases,
            Bodies bodies,
            Past past,
            Service service,
            InstantSource clock) {
        this.petitions = petitions;
        this.cases = cases;
        this.bodies = bodies;
        this.past = past;
        this.service = service;
        this.clock = clock;
    }

    /** What came of making one. */
    public sealed interface Made {
        /** It is there, and was perhaps before. */
        record Open(Appealed appeal) implements Made {}

        /** It was answered, or has not ended. */
        record NotRefused(Exchanged exchange) implements Made {}

        /** So many are open that no more are taken. */
        record TooMany() implements Made {}

        /** It was taken back so often that no other is taken. */
        record TooOften() implements Made {}

        /** Whose data it is was erased. */
        record Erased() implements Made {}
    }

    /** The exchange of an attempt; nothing where there is none. */
    public Optional<Exchanged> exchange(String attempt) throws StoreFailed, IOException {
        return past.exchange(attempt);
    }

    /** How the appeal against an attempt stands; that which was made last. */
    public Optional<Appealed> find(String attempt) throws StoreFailed {
        return latest(attempt).map(Appealed::of);
    }

    private Optional<ReviewCase> latest(String attempt) throws StoreFailed {
        List<ReviewCase> all = all(attempt);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** In the order in which they were made, which their ids have. */
    private List<ReviewCase> all(String attempt) throws StoreFailed {
        List<ReviewCase> all = new ArrayList<>();
        Optional<ReviewCase> next = cases.find(id(attempt, 0));
        while (next.isPresent()) {
            all.add(next.get());
            next = cases.find(id(attempt, all.size()));
        }
        return all;
    }

    /**
     * Makes one. Where there is one that was not withdrawn, nothing changes: not its words either.
     *
     * @param by who, as the log is to have it
     * @param words for whoever looks at it; may be empty
     * @param kept how long they are kept
     * @param earlier the refusal that this one came back to, where it did
     * @throws StoreRefused where the subject is erased meanwhile
     */
    public Made open(
            Exchanged exchange, String by, String words, Duration kept, Optional<String> earlier)
            throws StoreFailed, StoreRefused {
        if (words.codePointCount(0, words.length()) > WORDS_MAX) {
            throw new IllegalArgumentException(
                    "an appeal has %d characters at most, not %d"
                            .formatted(WORDS_MAX, words.codePointCount(0, words.length())));
        }
        String attempt = exchange.attempt();
        List<ReviewCase> before = all(attempt);
        if (!before.isEmpty() && before.getLast().state() != State.WITHDRAWN) {
            return new Made.Open(Appealed.of(before.getLast()));
        }
        if (!exchange.isRefused()) {
            return new Made.NotRefused(exchange);
        }
        if (before.size() >= PER_ATTEMPT_MAX) {
            return new Made.TooOften();
        }
        // first: of what is not opened no words are kept
        if (petitions.isErased(exchange.subject())) {
            return new Made.Erased();
        }
        if (petitions.open(Kind.APPEAL, exchange.principal()) >= OPEN_MAX) {
            return new Made.TooMany();
        }
        if (!words.isBlank()) {
            var unused =
                    bodies.put(
                            attempt,
                            PART,
                            exchange.subject(),
                            Kept.Mode.FULL,
                            words.getBytes(StandardCharsets.UTF_8),
                            kept);
        }
        Instant now = clock.instant();
        TreeMap<String, Json> about = new TreeMap<>();
        exchange.result().ifPresent(it -> about.put("result", new Json.Str(it)));
        earlier.ifPresent(it -> about.put("earlier", new Json.Str(it)));
        String id = id(attempt, before.size());
        ReviewCase opened =
                ReviewCase.opened(
                        id,
                        Kind.APPEAL,
                        Optional.of(attempt),
                        Optional.of(exchange.principal()),
                        exchange.project(),
                        exchange.hazard(),
                        Optional.of(exchange.model()),
                        Optional.of(exchange.modelClass()),
                        new Json.Obj(about),
                        now,
                        now.plus(service.of(Kind.APPEAL)));
        Appeal entry = new Appeal(now, id, attempt, "opened", by, Optional.empty());
        return switch (petitions.open(opened, List.of(entry), OPEN_MAX)) {
            case OPENED, THERE -> new Made.Open(Appealed.of(cases.find(id).orElseThrow()));
            case TOO_MANY -> new Made.TooMany();
        };
    }

    /**
     * The id of an appeal: the time of the attempt, and a hash of its id.
     *
     * @param withdrawn how many appeals against it were withdrawn before
     */
    static String id(String attempt, long withdrawn) {
        try {
            String said = "demur appeal v1\0" + attempt + '\0' + withdrawn;
            String hash =
                    HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256")
                                            .digest(said.getBytes(StandardCharsets.UTF_8)));
            String time = attempt.substring(REFERENCE.length(), REFERENCE.length() + 14);
            return "case_%s-7%s-8%s-%s"
                    .formatted(
                            time.substring(0, 13),
                            hash.substring(0, 3),
                            hash.substring(3, 6),
                            hash.substring(6, 18));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Takes one back.
     *
     * @return how it stands now: withdrawn, or answered before; nothing where there is none
     */
    public Optional<Appealed> withdraw(String attempt, String by) throws StoreFailed {
        Optional<ReviewCase> there = latest(attempt);
        if (there.isEmpty()) {
            return Optional.empty();
        }
        Appeal entry =
                new Appeal(
                        clock.instant(),
                        there.get().id(),
                        attempt,
                        "withdrawn",
                        by,
                        Optional.empty());
        var unused = petitions.withdraw(there.get().id(), entry);
        return find(attempt);
    }

    /**
     * What the one who made it has written; the log says first who reads it.
     *
     * @param log writes that
     */
    public Optional<String> words(String attempt, String reader, EntryWriter log)
            throws StoreFailed, StoreRefused, IOException {
        return bodies.read(attempt, PART, reader, "appeal", log)
                .map(it -> new String(it, StandardCharsets.UTF_8));
    }
}
