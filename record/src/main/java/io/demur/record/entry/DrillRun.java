package io.demur.record.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * DRILL: a probe with a known right answer was sent through the live path, or what is known by such
 * probes has changed.
 *
 * @param id {@code run_…}
 * @param name which probe; of an alarm which stream of results
 * @param attempt the attempt that it made, where one was seen
 * @param expected what should have happened
 * @param found what did
 * @param passed whether that is the same, in time
 * @param model the model that was asked
 * @param probed how it went, where a model or its gateway was asked
 * @param alarm of an alarm what it is put down to
 */
public record DrillRun(
        Instant at,
        String id,
        String name,
        Optional<String> attempt,
        String expected,
        String found,
        boolean passed,
        Optional<String> model,
        Optional<Probed> probed,
        Optional<String> alarm)
        implements Entry {

    /**
     * How a probe went.
     *
     * @param policy the digest of the policy in force, in hexadecimal
     * @param fingerprint what the model's server calls itself and what it serves
     * @param said what the model itself did, whatever became of that on the way
     * @param took until the answer was whole
     * @param anchors how many labelled answers the judge was asked about beside it
     * @param over how many of them it took for refusals that a person did not
     * @param under how many of them a person took for refusals and it did not
     * @param harm how probably harmful the judges of requests took it for, in parts per million,
     *     where they were asked
     */
    public record Probed(
            String policy,
            Optional<String> fingerprint,
            String said,
            Duration took,
            int anchors,
            int over,
            int under,
            OptionalInt harm) {

        /** One that no judge of requests was asked about. */
        public Probed(
                String policy,
                Optional<String> fingerprint,
                String said,
                Duration took,
                int anchors,
                int over,
                int under) {
            this(policy, fingerprint, said, took, anchors, over, under, OptionalInt.empty());
        }

        public Probed {
            Words.digest("policy", policy);
            fingerprint.ifPresent(it -> Words.name("fingerprint", it));
            Words.code("said", said);
            took = Words.micros("took", took);
            Words.count("anchors", anchors);
            Words.count("over", over);
            Words.count("under", under);
            harm.ifPresent(it -> Words.ppm("harm", it));
        }
    }

    /**
     * As much of what somebody else calls a thing as a name has room for; characters that no name
     * may have are question marks.
     */
    public static String fitting(String name) {
        return Words.fitting(name);
    }

    public DrillRun {
        at = Words.micros(at);
        Words.id("id", "run", id);
        Words.name("name", name);
        attempt.ifPresent(it -> Words.id("attempt", "att", it));
        Words.code("expected", expected);
        Words.code("found", found);
        model.ifPresent(it -> Words.name("model", it));
        Objects.requireNonNull(probed);
        alarm.ifPresent(it -> Words.code("alarm", it));
    }

    /** One of which no more is known. */
    public DrillRun(
            Instant at,
            String id,
            String name,
            Optional<String> attempt,
            String expected,
            String found,
            boolean passed) {
        this(
                at,
                id,
                name,
                attempt,
                expected,
                found,
                passed,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public DrillRun at(Instant time) {
        return new DrillRun(time, id, name, attempt, expected, found, passed, model, probed, alarm);
    }
}
