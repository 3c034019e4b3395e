package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.ENTRY;
import static io.demur.store.Tables.EXCHANGE;
import static io.demur.store.Tables.HAZARD;
import static io.demur.store.Tables.IDX;
import static io.demur.store.Tables.MODEL;
import static io.demur.store.Tables.ORIGIN;
import static io.demur.store.Tables.PROTOCOL;
import static io.demur.store.Tables.RESULT;
import static io.demur.store.Tables.TYPE;

import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Review;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What people decided of exchanges, as a log tells it, in its order: the tables say where, the log
 * what. Safe for use by several threads.
 */
public final class ReviewHistory {

    private final Store store;
    private final String origin;

    /**
     * That of one log.
     *
     * @param origin the log's name
     */
    public ReviewHistory(Store store, String origin) {
        this.store = store;
        this.origin = origin;
    }

    /**
     * All of it.
     *
     * @param from how many entries of the log the tables have
     * @param size of the log
     */
    public List<Review> all(LogReader log, long from, long size)
            throws StoreFailed, IOException, Malformed {
        List<Review> found = new ArrayList<>();
        LogReader.Visitor visitor =
                (index, bytes) -> {
                    if (tells(bytes) && EntryCodec.read(bytes) instanceof Review review) {
                        found.add(review);
                    }
                };
        long known = Math.min(from, size);
        for (long index :
                store.read(
                        db ->
                                db.select(IDX)
                                        .from(ENTRY)
                                        .where(ORIGIN.eq(origin), TYPE.eq("REVIEW"), IDX.lt(known))
                                        .orderBy(IDX)
                                        .fetch(IDX))) {
            log.entries(index, index + 1, size, visitor);
        }
        log.entries(known, size, size, visitor);
        return List.copyOf(found);
    }

    /** Whether an entry may be one; cheaper than to read them all. */
    private static boolean tells(byte[] entry) {
        return new String(entry, StandardCharsets.ISO_8859_1).contains("\"REVIEW\"");
    }

    /**
     * How something was asked.
     *
     * @param model of which model, by the name that the gateway has for it
     * @param hazard for which it was held, if for one
     */
    public record Asked(String protocol, String model, Optional<String> hazard) {
        public Asked {
            Objects.requireNonNull(hazard);
        }
    }

    /** What its caller got, in the word of its outcome; nothing where it has none yet. */
    public Optional<String> result(String attempt) throws StoreFailed {
        return store.read(
                db ->
                        db.select(RESULT)
                                .from(EXCHANGE)
                                .where(ORIGIN.eq(origin), ATTEMPT.eq(attempt), RESULT.isNotNull())
                                .fetchOptional(RESULT));
    }

    /** What the tables have of an attempt. */
    public Optional<Asked> asked(String attempt) throws StoreFailed {
        return store.read(
                db ->
                        db.select(PROTOCOL, MODEL, HAZARD)
                                .from(EXCHANGE)
                                .where(ORIGIN.eq(origin), ATTEMPT.eq(attempt))
                                .fetchOptional(
                                        row ->
                                                new Asked(
                                                        row.get(PROTOCOL),
                                                        row.get(MODEL),
                                                        Optional.ofNullable(row.get(HAZARD)))));
    }
}
