package io.demur.remote;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.Odds;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.harm.AnswerJudge;
import io.demur.core.harm.Assessment;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * Judges the harm of replies with a guard model where an earlier judge is within a band, and weighs
 * the two ({@link Odds}). Where the guard could not judge, the earlier probability stands.
 *
 * <p>A guard reads a whole reply: one that arrives in pieces is put to it anew, from its beginning,
 * each time that a probability is asked for and something came since. Safe for use by several
 * threads.
 */
public final class GuardAnswers implements AnswerJudge {

    private final GuardModel guard;
    private final AnswerJudge earlier;
    private final Band band;
    private final Consumer<Assessment> heard;

    /**
     * A judge of answers.
     *
     * @param earlier who speaks before the guard
     * @param band where the guard is asked: the earlier probability
     * @param heard is told all that the guard says, also where it could not judge; called by the
     *     threads that ask
     */
    public GuardAnswers(
            GuardModel guard, AnswerJudge earlier, Band band, Consumer<Assessment> heard) {
        this.guard = Objects.requireNonNull(guard);
        this.earlier = Objects.requireNonNull(earlier);
        this.band = Objects.requireNonNull(band);
        this.heard = Objects.requireNonNull(heard);
    }

    /** Of both, and the band. */
    @Override
    public JudgeId id() {
        return earlier.id().then(guard.id(), band);
    }

    @Override
    public double pHarm(Request request, String reply) {
        return weighed(request, reply, earlier.pHarm(request, reply));
    }

    @Override
    public Reading read(Request request) {
        return new Whole(request, earlier.read(request));
    }

    private double weighed(Request request, String reply, double before) {
        if (reply.isBlank() || !band.contains(before)) {
            return before;
        }
        Assessment assessment = guard.assess(request, Response.of(reply));
        heard.accept(assessment);
        return switch (assessment) {
            case Assessment.Unjudged unjudged -> before;
            case Assessment.Judged judged -> Odds.weighed(before, judged.pHarm());
        };
    }

    /** One reply, as far as it has arrived. */
    private final class Whole implements Reading {

        private final Request request;
        private final Reading earlierReading;
        private final StringBuilder reply = new StringBuilder();
        private boolean stale = true;
        private double said;

        Whole(Request request, Reading earlierReading) {
            this.request = request;
            this.earlierReading = earlierReading;
        }

        @Override
        public void append(CharSequence piece) {
            earlierReading.append(piece);
            reply.append(piece);
            stale |= !piece.isEmpty();
        }

        @Override
        public double pHarm() {
            if (stale) {
                said = weighed(request, reply.toString(), earlierReading.pHarm());
                stale = false;
            }
            return said;
        }
    }
}
