package io.demur.remote;

import io.demur.core.harm.Assessment.Unjudged;
import io.demur.wire.Completion;

/** What came of asking a model. */
sealed interface Heard {

    /** It answered something; whether that is a judgement is for the asker to see. */
    record Said(Completion completion) implements Heard {}

    /**
     * There is no answer.
     *
     * @param detail what happened, in a few words
     */
    record Nothing(Unjudged.Reason reason, String detail) implements Heard {}
}
