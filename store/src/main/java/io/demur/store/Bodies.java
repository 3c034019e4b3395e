package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.BODY;
import static io.demur.store.Tables.LENGTH;
import static io.demur.store.Tables.MODE;
import static io.demur.store.Tables.PART;
import static io.demur.store.Tables.SLOT;
import static io.demur.store.Tables.SUBJECT_ID;

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
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

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

    private static final int NONCE_BYTES = 12;

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

    /** One row, with nonce and ciphertext, none where only a commitment is kept; never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Row(String subject, Kept.Mode mode, byte[] sealed) {}

    /** A body that is sealed and not yet kept: what is to be said of it is known already. */
    public final class Ready {
        private final String attempt;
        private final String part;
        private final Row row;
        private final Duration retention;
        private final Kept kept;

        private Ready(String attempt, String part, Row row, Duration retention, Kept kept) {
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

        /** The same within somebody's transaction. */
        int write(DSLContext db) throws StoreRefused {
            return Bodies.this.write(db, attempt, part, row, retention);
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
        check(attempt, part);
        if (!retention.isPositive() || retention.compareTo(RETENTION_MAX) > 0) {
            throw new StoreRefused(
                    "a body is kept for more than nothing and at most %s days, not for `%s`"
                            .formatted(RETENTION_MAX.toDays(), retention));
        }
        SubjectKey key = key(subject);
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
                sealed = seal(key, attempt, part, text);
            }
            return new Ready(
                    attempt,
                    part,
                    new Row(subject, mode, sealed),
                    retention,
                    new Kept(mode, body.length, whole, stored));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        } finally {
            key.destroy();
        }
    }

    private int write(DSLContext db, String attempt, String part, Row row, Duration retention)
            throws StoreRefused {
        Instant now = clock.instant();
        if (!Subjects.lock(db, row.subject(), false)) {
            throw erased(row.subject());
        }
        Optional<String> whose =
                Direct.first(
                        db,
                        "SELECT subject FROM body WHERE attempt = ? AND part = ?",
                        old -> old.getString(1),
                        attempt,
                        part);
        if (whose.isPresent()) {
            if (!whose.get().equals(row.subject())) {
                throw new StoreRefused(
                        "the %s of `%s` is another subject's".formatted(part, attempt));
            }
            Places.remove(
                    db, ATTEMPT.eq(attempt).and(PART.eq(part)).and(SUBJECT_ID.eq(row.subject())));
        }
        Optional<Places.Place> place =
                row.sealed().length == 0
                        ? Optional.empty()
                        : Optional.of(Places.fill(db, row.sealed()));
        return Direct.change(
                db,
                "INSERT INTO body (attempt, part, subject, mode, slot, room, length,"
                        + " created, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                attempt,
                part,
                row.subject(),
                row.mode().name(),
                place.map(Places.Place::slot).orElse(null),
                place.map(Places.Place::room).orElse(null),
                (long) row.sealed().length,
                Micros.of(now),
                Micros.of(now.plus(retention)));
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
        Optional<Row> row = row(attempt, part);
        if (row.isEmpty() || row.get().mode() == Kept.Mode.HASH_ONLY) {
            return Match.NOTHING_KEPT;
        }
        if (row.get().mode() != kept.mode()) {
            return Match.DIFFERS;
        }
        SubjectKey key = key(row.get().subject());
        try {
            Optional<byte[]> text = open(row.get(), key, attempt, part);
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
        Optional<Row> row = row(attempt, part);
        if (row.isEmpty() || row.get().mode() == Kept.Mode.HASH_ONLY) {
            return Optional.empty();
        }
        SubjectKey key = key(row.get().subject());
        try {
            return Optional.of(
                    open(row.get(), key, attempt, part)
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

    /** The text of a row; nothing where it was tampered with. */
    private static Optional<byte[]> open(Row row, SubjectKey key, String attempt, String part) {
        if (row.sealed().length < NONCE_BYTES) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(row.sealed(), NONCE_BYTES);
        byte[] text = Arrays.copyOfRange(row.sealed(), NONCE_BYTES, row.sealed().length);
        try {
            return Optional.of(Sealed.crypt(Cipher.DECRYPT_MODE, key, attempt, part, nonce, text));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private byte[] seal(SubjectKey key, String attempt, String part, byte[] text)
            throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = Sealed.crypt(Cipher.ENCRYPT_MODE, key, attempt, part, nonce, text);
        byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
        return whole;
    }

    /** Whether the words of a body are kept here; nothing of them is shown. */
    public boolean isKept(String attempt, String part) throws StoreFailed {
        return store.<Boolean>read(
                db ->
                        db.fetchExists(
                                db.selectFrom(BODY)
                                        .where(
                                                ATTEMPT.eq(attempt),
                                                PART.eq(part),
                                                SLOT.isNotNull())));
    }

    private Optional<Row> row(String attempt, String part) throws StoreFailed {
        return store.read(
                db ->
                        db.select(SUBJECT_ID, MODE, SLOT, LENGTH)
                                .from(BODY)
                                .where(ATTEMPT.eq(attempt), PART.eq(part))
                                .fetchOptional(
                                        row ->
                                                new Row(
                                                        row.get(SUBJECT_ID),
                                                        Kept.Mode.valueOf(row.get(MODE)),
                                                        row.get(SLOT) == null
                                                                ? new byte[0]
                                                                : Places.content(
                                                                        db,
                                                                        row.get(SLOT),
                                                                        row.get(LENGTH)))));
    }
}
