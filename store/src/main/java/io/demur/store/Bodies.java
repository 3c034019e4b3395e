package io.demur.store;

import io.demur.core.text.Redaction;
import io.demur.record.entry.Access;
import io.demur.record.entry.Commitment;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Kept;
import io.demur.record.keys.SubjectKey;
import io.demur.store.StoreFailed.Kind;

import org.jooq.DSLContext;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What was asked and answered, word for word: encrypted, and nowhere else. Key and salt of each are
 * derived from the key of the subject whose data it is.
 *
 * <p>Safe for use by several threads.
 */
public final class Bodies {

    /** How long a body is kept where nobody says otherwise. */
    public static final Duration RETENTION = Duration.ofDays(183);

    /** How long it can be kept at most. */
    public static final Duration RETENTION_MAX = Duration.ofDays(36_525);

    private static final List<String> PARTS = List.of("request", "reply", "appeal", "report");

    private final Store store;
    private final Subjects subjects;
    private final SecureRandom random;
    private final InstantSource clock;

    public Bodies(Store store, Subjects subjects, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.subjects = subjects;
        this.random = random;
        this.clock = clock;
    }

    /** Whether what is kept is what an entry of the log commits to. */
    public enum Match {
        MATCHES,
        DIFFERS,
        /** Nothing is kept to compare: erased, over, or never kept. */
        NOTHING_KEPT
    }

    /** A body that is sealed and not yet kept: what is to be said of it is known already. */
    public final class Ready {
        private final String attempt;
        private final String part;
        private final BodyRows.Row row;
        private final Duration retention;
        private final Kept kept;

        private Ready(
                String attempt, String part, BodyRows.Row row, Duration retention, Kept kept) {
            this.attempt = attempt;
            this.part = part;
            this.row = row;
            this.retention = retention;
            this.kept = kept;
        }

        /** What the entry about it has to say. */
        public Kept kept() {
            return kept;
        }

        /** Keeps it, unless the subject was erased meanwhile. It is on disk then. */
        public void keep() throws StoreFailed, StoreRefused {
            int written = store.<Integer>write(this::write);
            assert written == 1;
        }

        /**
         * The same without waiting, for virtual threads too.
         *
         * @return completed once it is on disk, by the thread that writes for all: what is done
         *     behind it there waits for nothing. Where it is not kept, it fails with what {@link
         *     #keep} throws
         */
        public CompletableFuture<Void> keepLater() {
            CompletableFuture<Void> done = new CompletableFuture<>();
            var unused =
                    store.writeLater(this::write)
                            .whenComplete(
                                    (written, failure) -> {
                                        if (failure == null) {
                                            done.complete(null);
                                        } else {
                                            done.completeExceptionally(failure);
                                        }
                                    });
            return done;
        }

        /** The same within somebody's transaction. */
        int write(DSLContext db) throws StoreRefused {
            if (!Subjects.lock(db, row.subject(), false)) {
                // whoever erased it may be another process
                store.keys().drop(row.subject());
                throw erased(row.subject());
            }
            return BodyRows.put(db, attempt, part, row, clock.instant(), retention);
        }
    }

    /**
     * Keeps a body as its mode says, in the place of what was kept there before. It is on disk when
     * this returns.
     *
     * @param attempt whose body
     * @param part {@code request}, {@code reply}, {@code appeal} or {@code report}
     * @param subject whose data it is, as a pseudonym
     * @param retention how long
     * @return what the entry about it has to say
     * @throws StoreRefused where the subject is erased, the body there is another subject's, or
     *     there is no such part or retention
     */
    public Kept put(
            String attempt,
            String part,
            String subject,
            Kept.Mode mode,
            byte[] body,
            Duration retention)
            throws StoreFailed, StoreRefused {
        Ready ready = ready(attempt, part, subject, mode, body, retention);
        ready.keep();
        return ready.kept();
    }

    /** The first half of the same, for who writes of the body while it is written. */
    public Ready ready(
            String attempt,
            String part,
            String subject,
            Kept.Mode mode,
            byte[] body,
            Duration retention)
            throws StoreFailed, StoreRefused {
        check(attempt, part, retention);
        SubjectKey key = subjects.sealing(subject).orElseThrow(() -> erased(subject));
        return ready(key, attempt, part, subject, mode, body, retention);
    }

    /**
     * The same without asking the database, for virtual threads too: only where the subject's key
     * was read within the last five seconds.
     *
     * @return nothing where it was not: then {@link #ready} is asked
     */
    public Optional<Ready> readyNow(
            String attempt,
            String part,
            String subject,
            Kept.Mode mode,
            byte[] body,
            Duration retention)
            throws StoreRefused {
        check(attempt, part, retention);
        return subjects.held(subject)
                .map(key -> ready(key, attempt, part, subject, mode, body, retention));
    }

    /** Seals it, and destroys the key. */
    private Ready ready(
            SubjectKey key,
            String attempt,
            String part,
            String subject,
            Kept.Mode mode,
            byte[] body,
            Duration retention) {
        try {
            Commitment whole = Commitment.to(key.salt(attempt, part), body);
            Optional<Commitment> stored = Optional.empty();
            byte[] sealed = new byte[0];
            if (mode != Kept.Mode.HASH_ONLY) {
                byte[] text = body;
                if (mode == Kept.Mode.REDACTED) {
                    text =
                            Redaction.of(new String(body, StandardCharsets.UTF_8))
                                    .getBytes(StandardCharsets.UTF_8);
                    stored = Optional.of(Commitment.to(key.salt(attempt, stored(part)), text));
                }
                sealed = Sealed.seal(key, attempt, part, text, random);
            }
            return new Ready(
                    attempt,
                    part,
                    new BodyRows.Row(subject, mode, sealed),
                    retention,
                    new Kept(mode, body.length, whole, stored));
        } finally {
            key.destroy();
        }
    }

    /**
     * Shows a body, after the log says that it was shown.
     *
     * @param reader who reads it
     * @param reason why, as a code
     * @param log writes the entry about it; where that fails, nothing is shown
     * @return nothing where nothing is kept: erased, over, or only committed to
     * @throws IOException where the entry could not be written
     */
    public Optional<byte[]> read(
            String attempt, String part, String reader, String reason, EntryWriter log)
            throws StoreFailed, StoreRefused, IOException {
        check(attempt, part);
        Optional<byte[]> text = open(attempt, part);
        if (text.isPresent()) {
            log.write(new Access(clock.instant(), attempt, part, reader, reason));
        }
        return text;
    }

    /**
     * How long a text in a body is, in UTF-16 units; nothing where none is kept. Nothing of it is
     * shown, so that the log has no entry of it.
     *
     * @param text takes it out of the body
     */
    public Optional<Integer> length(
            String attempt, String part, Function<byte[], Optional<String>> text)
            throws StoreFailed, StoreRefused {
        check(attempt, part);
        return open(attempt, part).flatMap(text).map(String::length);
    }

    /** Compares what is kept with what an entry of the log commits to. Shows nothing of it. */
    public Match verify(String attempt, String part, Kept kept) throws StoreFailed, StoreRefused {
        Optional<BodyRows.Row> row = row(attempt, part);
        if (row.isEmpty() || row.get().mode() == Kept.Mode.HASH_ONLY) {
            return Match.NOTHING_KEPT;
        }
        if (row.get().mode() != kept.mode()) {
            return Match.DIFFERS;
        }
        SubjectKey key = key(row.get().subject());
        try {
            Optional<byte[]> text = Sealed.open(key, attempt, part, row.get().sealed());
            if (text.isEmpty()) {
                return Match.DIFFERS;
            }
            boolean redacted = kept.mode() == Kept.Mode.REDACTED;
            Commitment found =
                    Commitment.to(key.salt(attempt, redacted ? stored(part) : part), text.get());
            return found.equals(redacted ? kept.stored().orElse(null) : kept.body())
                    ? Match.MATCHES
                    : Match.DIFFERS;
        } finally {
            key.destroy();
        }
    }

    /**
     * Whether these bytes are the body that an entry commits to: for who has it from elsewhere.
     *
     * @throws StoreRefused where the subject is erased: then nobody can tell any more
     */
    public boolean matches(String attempt, String part, String subject, byte[] body, Kept kept)
            throws StoreFailed, StoreRefused {
        SubjectKey key = key(subject);
        try {
            return Commitment.to(key.salt(attempt, part), body).equals(kept.body());
        } finally {
            key.destroy();
        }
    }

    private static void check(String attempt, String part, Duration retention) throws StoreRefused {
        check(attempt, part);
        if (!retention.isPositive() || retention.compareTo(RETENTION_MAX) > 0) {
            throw new StoreRefused(
                    "a body is kept for more than nothing and at most %s days, not for `%s`"
                            .formatted(RETENTION_MAX.toDays(), retention));
        }
    }

    private static void check(String attempt, String part) throws StoreRefused {
        if (!Ids.isId("att", attempt)) {
            throw new StoreRefused(
                    "`%s` is no attempt: an id such as `att_…` with a UUID of version 7 is"
                            .formatted(attempt));
        }
        if (!PARTS.contains(part)) {
            throw new StoreRefused(
                    "an exchange has no part `%s`, only `request` and `reply`".formatted(part));
        }
    }

    /** The name under which the salt of what was stored instead of a body is derived. */
    private static String stored(String part) {
        return part + ".stored";
    }

    private SubjectKey key(String subject) throws StoreFailed, StoreRefused {
        return store.look(db -> subjects.key(db, subject)).orElseThrow(() -> erased(subject));
    }

    private static StoreRefused erased(String subject) {
        return new StoreRefused("there is no subject `%s`, or it is erased".formatted(subject));
    }

    private Optional<byte[]> open(String attempt, String part) throws StoreFailed, StoreRefused {
        Optional<BodyRows.Row> row = row(attempt, part);
        if (row.isEmpty() || row.get().mode() == Kept.Mode.HASH_ONLY) {
            return Optional.empty();
        }
        SubjectKey key = key(row.get().subject());
        try {
            return Optional.of(
                    Sealed.open(key, attempt, part, row.get().sealed())
                            .orElseThrow(
                                    () ->
                                            Failures.failed(
                                                    Kind.DAMAGED,
                                                    store.settings(),
                                                    "the %s of `%s` was changed since it was kept"
                                                            .formatted(part, attempt),
                                                    null)));
        } finally {
            key.destroy();
        }
    }

    /** Whether the words of a body are kept here; nothing of them is shown. */
    public boolean isKept(String attempt, String part) throws StoreFailed {
        return store.<Boolean>read(db -> BodyRows.hasWords(db, attempt, part));
    }

    private Optional<BodyRows.Row> row(String attempt, String part) throws StoreFailed {
        return store.read(db -> BodyRows.find(db, attempt, part));
    }
}
