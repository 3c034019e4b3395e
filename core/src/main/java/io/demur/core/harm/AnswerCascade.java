package io.demur.core.harm;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.Request;

import java.util.Objects;

/**
 * A quick judge of answers, and another that has the word where the quick one is within a band.
 * Immutable; safe for use by several threads.
 */
public final class AnswerCascade implements AnswerJudge {

    private final AnswerJudge first;
    private final AnswerJudge second;
    private final Band band;

    public AnswerCascade(AnswerJudge first, AnswerJudge second, Band band) {
        this.first = Objects.requireNonNull(first);
        this.second = Objects.requireNonNull(second);
        this.band = Objects.requireNonNull(band);
    }

    @Override
    public JudgeId id() {
        return first.id().then(second.id(), band);
    }

    @Override
    public double pHarm(Request request, String reply) {
        double p = first.pHarm(request, reply);
        return band.contains(p) ? second.pHarm(request, reply) : p;
    }

    @Override
    public Reading read(Request request) {
        return new Both(request);
    }

    /**
     * Gives the second judge what was read so far when it is first asked, and then piece by piece.
     */
    private final class Both implements Reading {

        private final Reading quick;
        private final Reading slow;
        private final StringBuilder unread = new StringBuilder();
        private boolean asked;

        Both(Request request) {
            quick = first.read(request);
            slow = second.read(request);
        }

        @Override
        public void append(CharSequence piece) {
            quick.append(piece);
            if (asked) {
                slow.append(piece);
            } else {
                unread.append(piece);
            }
        }

        @Override
        public double pHarm() {
            double p = quick.pHarm();
            if (!band.contains(p)) {
                return p;
            }
            if (!asked) {
                asked = true;
                slow.append(unread);
                unread.setLength(0);
            }
            return slow.pHarm();
        }
    }
}
