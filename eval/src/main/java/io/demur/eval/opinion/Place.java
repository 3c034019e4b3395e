package io.demur.eval.opinion;

import io.demur.eval.run.Trial;

/**
 * Which answer of a run something is about: the first one to a case, before any push.
 *
 * @param variant the name of the system prompt that held
 * @param epoch which time of several, counted from 1
 * @param id of the case
 */
public record Place(String variant, int epoch, String id) {

    /** That of a trial's first answer. */
    public static Place of(Trial trial) {
        return new Place(trial.variant(), trial.epoch(), trial.of().id());
    }
}
