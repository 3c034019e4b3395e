package io.demur.store;

import io.demur.core.harm.Severity;
import io.demur.record.json.Json;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Something that a person is to look at, and what was said of it.
 *
 * @param id {@code case_…}
 * @param attempt the exchange that it is about, where it is about one
 * @param subject whose data that is, as a pseudonym
 * @param hazard as the log writes it, where one was named
 * @param model the model that was asked
 * @param modelClass {@code hosted}, {@code local} or {@code local-unaligned}
 * @param about what its kind knows beside that; not a word of anybody's
 * @param due by when somebody should have decided
 * @param version changes with every change; whoever changes it names the one that they saw
 * @param claim who is at work on it
 * @param said what was decided, the first look first
 */
public record ReviewCase(
        String id,
        Kind kind,
        Optional<String> attempt,
        Optional<String> subject,
        Optional<String> project,
        Optional<String> hazard,
        Optional<String> model,
        Optional<String> modelClass,
        Json.Obj about,
        Instant created,
        Instant due,
        State state,
        long version,
        Optional<Claim> claim,
        List<Said> said) {

    /** Why somebody should look. */
    public enum Kind {
        /** A request that waits for a person. */
        HOLD,
        /** An answer that was drawn by lot. */
        SAMPLE,
        /** One whose right decision is known; reviewers are not told that it is. */
        SEEDED,
        /** What was refused came again, and went elsewhere. */
        INCIDENT,
        /** A refusal is questioned. */
        APPEAL,
        /** Somebody says that it should have been refused. */
        REPORT
    }

    /** How far it has come. */
    public enum State {
        /** Nobody has decided. */
        OPEN,
        /** One person has, and another is to look again. */
        SECOND,
        DECIDED,
        /** Whoever opened it wants no answer any more. */
        WITHDRAWN;

        /** Those in which somebody still has to decide. */
        public static final Set<State> UNDECIDED = Set.of(OPEN, SECOND);
    }

    /**
     * Somebody is at work on it.
     *
     * @param until then it is free again
     */
    public record Claim(String reviewer, Instant until) {}

    /**
     * What one person decided.
     *
     * @param decision as in {@link io.demur.record.entry.Review}
     * @param reason a reason code
     * @param acceptable whether this organisation should do what was asked, where that was asked
     */
    public record Said(
            String reviewer,
            String decision,
            String reason,
            Optional<Boolean> acceptable,
            Optional<Severity> severity,
            Instant at) {
        public Said {
            Objects.requireNonNull(acceptable);
            Objects.requireNonNull(severity);
        }
    }

    public ReviewCase {
        said = List.copyOf(said);
        Objects.requireNonNull(attempt);
        hazard = hazard.map(it -> it.toLowerCase(Locale.ROOT).replace('-', '_'));
    }

    /** One that nobody has looked at. */
    public static ReviewCase opened(
            String id,
            Kind kind,
            Optional<String> attempt,
            Optional<String> subject,
            Optional<String> project,
            Optional<String> hazard,
            Optional<String> model,
            Optional<String> modelClass,
            Json.Obj about,
            Instant created,
            Instant due) {
        return new ReviewCase(
                id,
                kind,
                attempt,
                subject,
                project,
                hazard,
                model,
                modelClass,
                about,
                created,
                due,
                State.OPEN,
                1,
                Optional.empty(),
                List.of());
    }
}
