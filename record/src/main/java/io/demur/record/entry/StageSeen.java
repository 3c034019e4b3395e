package io.demur.record.entry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * STAGE: a project has reached a stage of adverse processing.
 *
 * @param project which one
 * @param stage {@code collect}, {@code link}, {@code infer}, {@code score}, {@code package} or
 *     {@code act}
 * @param atoms the criteria that were met
 * @param attempt the attempt that showed it
 */
public record StageSeen(
        Instant at, String project, String stage, List<String> atoms, Optional<String> attempt)
        implements Entry {

    public StageSeen {
        at = Words.micros(at);
        Words.name("project", project);
        Words.code("stage", stage);
        atoms = Words.names("atoms", atoms);
        attempt.ifPresent(it -> Words.id("attempt", "att", it));
    }

    @Override
    public StageSeen at(Instant time) {
        return new StageSeen(time, project, stage, atoms, attempt);
    }
}
