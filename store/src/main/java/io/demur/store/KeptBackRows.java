package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.DECISION;
import static io.demur.store.Tables.EXCHANGE;
import static io.demur.store.Tables.HARM_PPM;
import static io.demur.store.Tables.HAZARD;
import static io.demur.store.Tables.IDX;
import static io.demur.store.Tables.JUDGES;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.MODEL_CLASS;
import static io.demur.store.Tables.OUTCOME_IDX;
import static io.demur.store.Tables.POLICY;
import static io.demur.store.Tables.REASON;
import static io.demur.store.Tables.RULES;

import io.demur.store.LedgerRows.Window;

import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The exchanges of one log whose answer was kept back. Safe for use by several threads. */
public final class KeptBackRows {

    private final Store store;
    private final String origin;

    /**
     * Those of one log.
     *
     * @param origin the log's name
     */
    public KeptBackRows(Store store, String origin) {
        this.store = store;
        this.origin = origin;
    }

    /** An exchange whose answer was kept back, all of it or a part; nothing in it says whose. */
    public record KeptBack(
            String attempt,
            Instant at,
            Ending ending,
            Optional<String> decision,
            Optional<String> hazard,
            Optional<String> reason,
            List<String> rules,
            List<String> judges,
            OptionalInt harmPpm,
            Optional<String> policy,
            String modelClass,
            long outcome) {
        public KeptBack {
            rules = List.copyOf(rules);
            judges = List.copyOf(judges);
        }
    }

    /** Those within a time, the first one first. */
    public List<KeptBack> read(Window window) throws StoreFailed {
        Field<String> ending = Ending.column();
        return store.read(
                db ->
                        db
                                .select(
                                        ATTEMPT,
                                        MICROS,
                                        DECISION,
                                        HAZARD,
                                        REASON,
                                        RULES,
                                        JUDGES,
                                        HARM_PPM,
                                        POLICY,
                                        MODEL_CLASS,
                                        OUTCOME_IDX,
                                        ending)
                                .from(EXCHANGE)
                                .where(LedgerRows.asked(origin, window))
                                .orderBy(IDX)
                                .fetch(row -> keptBack(row, Ending.valueOf(row.get(ending))))
                                .stream()
                                .filter(it -> it.ending().isKeptBack())
                                .toList());
    }

    private static KeptBack keptBack(Record row, Ending ending) {
        Long ppm = row.get(HARM_PPM);
        Long outcome = row.get(OUTCOME_IDX);
        return new KeptBack(
                row.get(ATTEMPT),
                Micros.at(row.get(MICROS)),
                ending,
                Optional.ofNullable(row.get(DECISION)),
                Optional.ofNullable(row.get(HAZARD)),
                Optional.ofNullable(row.get(REASON)),
                lines(row.get(RULES)),
                lines(row.get(JUDGES)),
                ppm == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(ppm)),
                Optional.ofNullable(row.get(POLICY)),
                row.get(MODEL_CLASS),
                outcome == null ? -1 : outcome);
    }

    private static List<String> lines(@Nullable String joined) {
        return joined == null || joined.isEmpty() ? List.of() : joined.lines().toList();
    }
}
