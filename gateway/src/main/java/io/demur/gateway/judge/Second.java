package io.demur.gateway.judge;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Assessment.Unjudged.Reason;
import io.demur.core.harm.HarmCascade;
import io.demur.core.harm.HarmPredictor;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.offload.OffloadFull;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The second judge, where there is one: asked within the policy's band, on a thread of its own, and
 * not waited for longer than patience lasts. Long texts, which take it long, have other threads
 * than short ones. Where it cannot say anything, what the quick judge said stands; where it was to
 * and did not, that is counted. Safe for use by several threads.
 */
final class Second {

    /** UTF-16 units of texts that take it not much longer than one line. */
    private static final int SHORT_MAX = 2_000;

    /** How much longer than for short texts is waited for long ones. */
    private static final int LONG_FACTOR = 4;

    /** Of several texts, one that is so probably harmful is enough. */
    private static final double HARMFUL = 0.5;

    private final Judges judges;
    private final Offload offload;
    private final Offload lengthy;
    private final MissedWords lost = new MissedWords();

    Second(Judges judges, Offload offload, Offload lengthy) {
        this.judges = judges;
        this.offload = offload;
        this.lengthy = lengthy;
    }

    /**
     * What is known after it was asked, or was not.
     *
     * @param settled whether asking again would bring nothing new; not where it was to be asked and
     *     did not answer
     * @param by who has spoken beside the quick judge
     */
    record Said(Assessment assessment, boolean settled, Optional<JudgeId> by) {}

    /** What was lost of its words. */
    MissedWords lost() {
        return lost;
    }

    /** The longest that any answer takes. */
    Duration longest() {
        return judges.patience().multipliedBy(LONG_FACTOR);
    }

    /** Asks it of texts of which the worst counts, where it is to be asked; never fails. */
    CompletableFuture<Said> ask(Assessment quick, Collection<String> texts, Band band) {
        List<String> worded = texts.stream().filter(text -> !text.isBlank()).toList();
        if (!(quick instanceof Assessment.Judged judged)
                || judges.second().isEmpty()
                || worded.isEmpty()
                || !band.contains(judged.pHarm())) {
            return CompletableFuture.completedFuture(new Said(quick, true, Optional.empty()));
        }
        HarmPredictor second = judges.second().get();
        boolean isLong = worded.stream().mapToInt(String::length).sum() > SHORT_MAX;
        Duration patience = isLong ? longest() : judges.patience();
        return (isLong ? lengthy : offload)
                .submit(() -> worst(second, worded))
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((said, failure) -> said(judged, said, failure, band));
    }

    /** What cannot be judged is not harmless, whatever is said of the others. */
    private static Assessment worst(HarmPredictor second, List<String> texts) {
        Assessment.@Nullable Judged worst = null;
        Assessment.@Nullable Unjudged none = null;
        for (String text : texts) {
            switch (second.assess(Request.of(text))) {
                case Assessment.Judged judged ->
                        worst = worst == null || judged.pHarm() > worst.pHarm() ? judged : worst;
                case Assessment.Unjudged unjudged ->
                        none = none == null || none.reason() == Reason.INVALID ? unjudged : none;
            }
        }
        if (worst != null && (none == null || worst.pHarm() >= HARMFUL)) {
            return worst;
        }
        return none == null ? new Assessment.Unjudged(Reason.INVALID, "no words") : none;
    }

    /** Without a word of it, or with one that is none, the quick judge's stands. */
    private Said said(
            Assessment.Judged quick,
            @Nullable Assessment said,
            @Nullable Throwable failure,
            Band band) {
        return switch (said) {
            case null -> lost(quick, cause(failure));
            case Assessment.Unjudged none ->
                    switch (none.reason()) {
                        case INVALID -> new Said(quick, true, Optional.empty());
                        case LATE -> lost(quick, MissedWords.Cause.LATE);
                        case DOWN -> lost(quick, MissedWords.Cause.FAILED);
                    };
            case Assessment.Judged judged ->
                    new Said(joined(quick, judged, band), true, Optional.of(judged.judge()));
        };
    }

    private static MissedWords.Cause cause(@Nullable Throwable failure) {
        return failure instanceof TimeoutException
                ? MissedWords.Cause.LATE
                : failure instanceof OffloadFull
                        ? MissedWords.Cause.FULL
                        : MissedWords.Cause.FAILED;
    }

    private Said lost(Assessment.Judged quick, MissedWords.Cause cause) {
        lost.add(cause);
        return new Said(quick, false, Optional.empty());
    }

    private static Assessment joined(Assessment.Judged quick, Assessment.Judged said, Band band) {
        return new HarmCascade(
                        new Word(quick), List.of(new HarmCascade.Stage(new Word(said), band)))
                .assess(Request.UNKNOWN);
    }

    /** What a judge has said already. */
    private record Word(Assessment.Judged said) implements HarmPredictor {
        @Override
        public JudgeId id() {
            return said.judge();
        }

        @Override
        public Assessment assess(Request request) {
            return said;
        }
    }
}
