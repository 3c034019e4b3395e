package io.demur.store;

import static io.demur.store.Tables.*;

import io.demur.record.entry.Access;
import io.demur.record.entry.AccessChange;
import io.demur.record.entry.Appeal;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Erase;
import io.demur.record.entry.Feedback;
import io.demur.record.entry.Kept;
import io.demur.record.entry.KeyChange;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.PolicyChange;
import io.demur.record.entry.Report;
import io.demur.record.entry.Review;
import io.demur.record.entry.RouteAround;
import io.demur.record.entry.StageSeen;
import io.demur.record.entry.Start;
import io.demur.record.entry.Stop;
import io.demur.record.entry.Unknown;

import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** What stands in the tables of an entry: a function of the entry and of where it stands. */
final class Rows {

    /** All that an outcome puts into table {@code exchange}. */
    static final List<Field<?>> OUTCOME =
            List.of(
                    OUTCOME_IDX,
                    OUTCOME_MICROS,
                    RESULT,
                    DECISION,
                    REFUSED_BY,
                    HAZARD,
                    REASON,
                    RULES,
                    JUDGES,
                    HARM_PPM,
                    REPLY_MODE,
                    REPLY_BYTES,
                    REPLY_COMMITMENT,
                    REPLY_STORED,
                    RELEASED_BYTES,
                    TOKENS_IN,
                    TOKENS_OUT,
                    TOOK_MICROS,
                    ADDED_MICROS);

    private Rows() {}

    /** Which type, which id, and which attempt it is about. */
    private record About(String type, Optional<String> id, Optional<String> attempt) {

        static About of(String type) {
            return new About(type, Optional.empty(), Optional.empty());
        }

        static About id(String type, String id) {
            return new About(type, Optional.of(id), Optional.empty());
        }

        static About attempt(String type, String attempt) {
            return new About(type, Optional.empty(), Optional.of(attempt));
        }

        static About both(String type, String id, String attempt) {
            return new About(type, Optional.of(id), Optional.of(attempt));
        }
    }

    private static About about(Entry entry) {
        return switch (entry) {
            case Attempt it -> About.both("ATTEMPT", it.id(), it.id());
            case Outcome it -> About.attempt("OUTCOME", it.attempt());
            case RouteAround it -> About.both("ROUTE_AROUND", it.id(), it.attempt());
            case StageSeen it -> new About("STAGE", Optional.empty(), it.attempt());
            case PolicyChange it -> About.id("POLICY", it.after());
            case DrillRun it -> new About("DRILL", Optional.of(it.id()), it.attempt());
            case Review it -> About.both("REVIEW", it.id(), it.attempt());
            case Appeal it -> About.both("APPEAL", it.id(), it.attempt());
            case Report it -> new About("REPORT", Optional.of(it.id()), it.attempt());
            case Feedback it -> About.attempt("FEEDBACK", it.attempt());
            case Access it -> About.attempt("ACCESS", it.attempt());
            case AccessChange it -> About.id("ACCESS_CHANGE", it.id());
            case Erase it -> new About("ERASE", it.subject(), Optional.empty());
            case KeyChange it -> About.id("KEY", it.id());
            case Start it -> About.of("START");
            case Stop it -> About.of("STOP");
            case Unknown it -> About.of(it.type());
        };
    }

    /** The row of table {@code entry}. */
    static Map<Field<?>, @Nullable Object> entry(String origin, long index, Entry entry) {
        About about = about(entry);
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(ORIGIN, origin);
        row.put(IDX, index);
        row.put(TYPE, about.type());
        row.put(MICROS, Micros.of(entry.at()));
        row.put(ID, about.id().orElse(null));
        row.put(ATTEMPT, about.attempt().orElse(null));
        return row;
    }

    /** What an attempt puts into table {@code exchange}. */
    static Map<Field<?>, @Nullable Object> attempt(String origin, long index, Attempt attempt) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(ATTEMPT, attempt.id());
        row.put(ORIGIN, origin);
        row.put(IDX, index);
        row.put(MICROS, Micros.of(attempt.at()));
        row.put(PRINCIPAL, attempt.principal());
        row.put(SUBJECT_ID, attempt.subject());
        row.put(PROJECT, attempt.project().orElse(null));
        row.put(PURPOSE, attempt.purpose().orElse(null));
        row.put(PROTOCOL, attempt.protocol());
        row.put(MODEL, attempt.model());
        row.put(MODEL_CLASS, attempt.modelClass());
        row.put(MODEL_DIGEST, attempt.modelDigest().orElse(null));
        row.put(POLICY, attempt.policy().orElse(null));
        row.put(CONVERSATION, attempt.conversation().orElse(null));
        row.put(REQUEST_MODE, attempt.request().mode().name());
        row.put(REQUEST_BYTES, attempt.request().bytes());
        row.put(REQUEST_COMMITMENT, attempt.request().body().hex());
        row.put(REQUEST_STORED, attempt.request().stored().map(c -> c.hex()).orElse(null));
        return row;
    }

    /** What an outcome puts into table {@code exchange}, into the row of its attempt. */
    static Map<Field<?>, @Nullable Object> outcome(long index, Outcome outcome) {
        Optional<Kept> reply = outcome.reply();
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(OUTCOME_IDX, index);
        row.put(OUTCOME_MICROS, Micros.of(outcome.at()));
        row.put(RESULT, outcome.result().name());
        row.put(DECISION, outcome.decision().orElse(null));
        row.put(REFUSED_BY, outcome.origin().map(Enum::name).orElse(null));
        row.put(HAZARD, outcome.hazard().map(Enum::name).orElse(null));
        row.put(REASON, outcome.reason().orElse(null));
        row.put(RULES, String.join("\n", outcome.rules()));
        row.put(JUDGES, String.join("\n", outcome.judges()));
        row.put(
                HARM_PPM,
                outcome.harmPpm().isPresent() ? (long) outcome.harmPpm().getAsInt() : null);
        row.put(REPLY_MODE, reply.map(kept -> kept.mode().name()).orElse(null));
        row.put(REPLY_BYTES, reply.map(Kept::bytes).orElse(null));
        row.put(REPLY_COMMITMENT, reply.map(kept -> kept.body().hex()).orElse(null));
        row.put(REPLY_STORED, reply.flatMap(Kept::stored).map(c -> c.hex()).orElse(null));
        row.put(RELEASED_BYTES, outcome.releasedBytes());
        row.put(TOKENS_IN, number(outcome.tokensIn()));
        row.put(TOKENS_OUT, number(outcome.tokensOut()));
        row.put(TOOK_MICROS, micros(outcome.took()));
        row.put(ADDED_MICROS, outcome.added().map(Rows::micros).orElse(null));
        return row;
    }

    /** How a row differs from what it should be, in words; empty where it does not. */
    static String difference(@Nullable Record row, Map<Field<?>, @Nullable Object> expected) {
        if (row == null) {
            return "its row is missing";
        }
        for (var column : expected.entrySet()) {
            Object there = row.get(column.getKey());
            if (!Objects.equals(there, column.getValue())) {
                return "`%s` is `%s` instead of `%s`"
                        .formatted(column.getKey().getName(), there, column.getValue());
            }
        }
        return "";
    }

    private static long micros(Duration time) {
        return time.dividedBy(ChronoUnit.MICROS.getDuration());
    }

    private static @Nullable Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
