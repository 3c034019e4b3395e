package io.demur.record.entry;

import io.demur.core.Refusal;
import io.demur.core.harm.Hazard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * OUTCOME: what became of an attempt. Exactly one for each.
 *
 * @param attempt its id
 * @param result what the caller got
 * @param decision what the policy said: {@code allow}, {@code annotate}, {@code condition}, {@code
 *     hold} or {@code refuse}; nothing where none was reached
 * @param origin who refused, where anybody did
 * @param hazard the hazard that carried the decision; nothing where it was to allow
 * @param reason a reason code
 * @param rules the rules that decided; {@link #fitting} cuts a long list
 * @param judges the identities of the judges that were asked
 * @param harmPpm how probably the request was harmful, in parts per million
 * @param reply what is kept of the reply, where there was one
 * @param releasedBytes how much of the reply had left
 * @param tokensIn tokens of all that the model was asked, as the upstream counted them
 * @param tokensOut tokens of all that it answered, likewise, whatever of that was released
 * @param took from the attempt on, to the microsecond
 * @param added how much of that the gateway itself took, waiting for no model and no caller;
 *     nothing where that is not known
 * @param answer what was decided of the answer, where that or the rest of it stayed back
 * @param estimated whether tokens were estimated, because the upstream did not count them
 * @param servers the servers that were asked, in order, each with what came of it
 */
public record Outcome(
        Instant at,
        String attempt,
        Result result,
        Optional<String> decision,
        Optional<Refusal.Origin> origin,
        Optional<Hazard> hazard,
        Optional<String> reason,
        List<String> rules,
        List<String> judges,
        OptionalInt harmPpm,
        Optional<Kept> reply,
        long releasedBytes,
        OptionalLong tokensIn,
        OptionalLong tokensOut,
        Duration took,
        Optional<Duration> added,
        Optional<Answer> answer,
        boolean estimated,
        List<String> servers)
        implements Entry {

    /**
     * What was decided of an answer that stays back.
     *
     * @param decision what the policy said of it
     * @param hazard the hazard that carried that
     * @param harmPpm how probably the answer is harmful, in parts per million
     */
    public record Answer(String decision, Optional<Hazard> hazard, OptionalInt harmPpm) {
        public Answer {
            Words.code("decision", decision);
            Objects.requireNonNull(hazard);
            harmPpm.ifPresent(it -> Words.ppm("harmPpm", it));
        }
    }

    /** One of an answer that was released, with tokens as they were counted. */
    public Outcome(
            Instant at,
            String attempt,
            Result result,
            Optional<String> decision,
            Optional<Refusal.Origin> origin,
            Optional<Hazard> hazard,
            Optional<String> reason,
            List<String> rules,
            List<String> judges,
            OptionalInt harmPpm,
            Optional<Kept> reply,
            long releasedBytes,
            OptionalLong tokensIn,
            OptionalLong tokensOut,
            Duration took) {
        this(
                at,
                attempt,
                result,
                decision,
                origin,
                hazard,
                reason,
                rules,
                judges,
                harmPpm,
                reply,
                releasedBytes,
                tokensIn,
                tokensOut,
                took,
                Optional.empty(),
                Optional.empty(),
                false,
                List.of());
    }

    /** How many characters the servers may have together. */
    private static final int SERVERS_MAX = 256;

    /** What the caller got. */
    public enum Result {
        /** The answer, as it came or under conditions. */
        ALLOW,
        /** The beginning of an answer, whose rest stayed back. */
        PARTIAL,
        /** A refusal of this service. */
        REFUSE_LOCAL,
        /** A refusal of the model or its provider. */
        REFUSE_UPSTREAM,
        /** Word that a person will look first. */
        REVIEW,
        /** An error. */
        ERROR,
        /** Nothing that is known: the process ended in between. */
        ABORT
    }

    public Outcome {
        at = Words.micros(at);
        Words.id("attempt", "att", attempt);
        decision.ifPresent(it -> Words.code("decision", it));
        reason.ifPresent(it -> Words.code("reason", it));
        rules = Words.names("rules", rules);
        judges = Words.names("judges", judges);
        harmPpm.ifPresent(it -> Words.ppm("harmPpm", it));
        Words.count("releasedBytes", releasedBytes);
        tokensIn.ifPresent(it -> Words.count("tokensIn", it));
        tokensOut.ifPresent(it -> Words.count("tokensOut", it));
        took = Words.micros("took", took);
        added = added.map(it -> Words.micros("added", it));
        if (added.isPresent() && added.get().compareTo(took) > 0) {
            throw new IllegalArgumentException(
                    "`added` is `%s`, and should be `%s` or less".formatted(added.get(), took));
        }
        Objects.requireNonNull(answer);
        servers = Words.names("servers", last(servers));
    }

    /**
     * As many names of rules or of judges as an outcome has room for; where that is not all of
     * them, the last item says how many are left out.
     */
    public static List<String> fitting(List<String> names) {
        return Words.fitting(names);
    }

    /** An outcome of which nothing more is known than how it ended. */
    public static Outcome bare(Instant at, String attempt, Result result, String reason) {
        return new Outcome(
                at,
                attempt,
                result,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(reason),
                List.of(),
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Duration.ZERO);
    }

    @Override
    public Outcome at(Instant time) {
        return new Outcome(
                time,
                attempt,
                result,
                decision,
                origin,
                hazard,
                reason,
                rules,
                judges,
                harmPpm,
                reply,
                releasedBytes,
                tokensIn,
                tokensOut,
                took,
                added,
                answer,
                estimated,
                servers);
    }

    /** As many of the last as there is room for: the very last one is whose word it is. */
    private static List<String> last(List<String> servers) {
        int from = servers.size();
        int room = SERVERS_MAX;
        while (from > 0 && servers.get(from - 1).length() <= room) {
            from--;
            room -= servers.get(from).length();
        }
        return servers.subList(from, servers.size());
    }
}
