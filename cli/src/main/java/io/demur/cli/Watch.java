package io.demur.cli;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.detect.SecondJudge;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;
import io.demur.eval.Word;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps an eye on a judge that may fail: where it cannot judge, the earlier judgement stands, and
 * without a word of it nobody would know that the judge was never there. Safe for use by several
 * threads.
 */
final class Watch {

    private final JudgeId judge;
    private final LongAdder asked = new LongAdder();
    private final LongAdder unjudged = new LongAdder();
    private volatile String why = "";

    Watch(JudgeId judge) {
        this.judge = judge;
    }

    String name() {
        return judge.name();
    }

    long asked() {
        return asked.sum();
    }

    long unjudged() {
        return unjudged.sum();
    }

    /** Takes note of what the judge said. */
    void heard(Assessment assessment) {
        asked.increment();
        if (assessment instanceof Assessment.Unjudged none) {
            unjudged(Word.underscored(none.reason()), none.detail());
        }
    }

    /** The same judge of requests, watched. */
    HarmPredictor over(HarmPredictor watched) {
        return new HarmPredictor() {
            @Override
            public JudgeId id() {
                return watched.id();
            }

            @Override
            public Assessment assess(Request request) {
                Assessment assessment = watched.assess(request);
                heard(assessment);
                return assessment;
            }
        };
    }

    /** The same judge of answers, watched. */
    SecondJudge over(SecondJudge watched) {
        return new SecondJudge() {
            @Override
            public JudgeId id() {
                return watched.id();
            }

            @Override
            public Verdict judge(Request request, Response response, Verdict before) {
                Verdict verdict = watched.judge(request, response, before);
                asked.increment();
                if (verdict instanceof Verdict.Undecided none) {
                    unjudged(Word.underscored(none.reason()), none.detail());
                }
                return verdict;
            }
        };
    }

    private void unjudged(String reason, String detail) {
        unjudged.increment();
        String named = judge.name() + ": ";
        String plain = detail.startsWith(named) ? detail.substring(named.length()) : detail;
        why = plain.isEmpty() ? reason : plain;
    }

    /** Such as {@code llama-guard:m 41, 2 of them unjudged}. */
    String count() {
        return "%s %,d%s"
                .formatted(
                        Terminal.plain(judge.name()),
                        asked(),
                        unjudged() == 0 ? "" : ", %,d of them unjudged".formatted(unjudged()));
    }

    /** What is to be said of it at the end; empty where it has always judged. */
    Optional<String> complaint() {
        return unjudged.sum() == 0
                ? Optional.empty()
                : Optional.of(
                        """
                        `%s` could not judge %,d of the %,d that it was asked, lastly for this \
                        reason: %s; the judgement before it stands there\
                        """
                                .formatted(judge.name(), unjudged.sum(), asked.sum(), why));
    }
}
