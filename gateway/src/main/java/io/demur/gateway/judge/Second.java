package io.demur.gateway.judge;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Assessment.Unjudged.Reason;
import io.demur.core.harm.HarmCascade;
import io.demur.core.harm.HarmPredictor;
import io.demur.gateway.offload.Offload;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The second judge, where there is one: asked within the policy's band, on a thread of its own, and
 * not waited for longer than patience lasts. Where it cannot say anything, what the quick judge
 * said stands. Safe for use by several threads.
 */
final class Second {

    private final Judges judges;
    private final Offload offload;

    Second(Judges judges, Offload offload) {
        this.judges = judges;
        this.offload = offload;
    }

    /**
     * What is known after it was asked, or was not.
     *
     * @param settled whether asking again would bring nothing new
     * @param by who has spoken beside the quick judge
     */
    record Said(Assessment assessment, boolean settled, Optional<JudgeId> by) {}

    /** Asks it where it is to be asked; never fails. */
    CompletableFuture<Said> ask(Assessment quick, Request request, Band band) {
        if (!(quick instanceof Assessment.Judged judged)
                || judges.second().isEmpty()
                || !band.contains(judged.pHarm())) {
            return CompletableFuture.completedFuture(new Said(quick, true, Optional.empty()));
        }
        HarmPredictor second = judges.second().get();
        return offload.submit(() -> second.assess(request))
                .orTimeout(judges.patience().toMillis(), TimeUnit.MILLISECONDS)
                .handle((said, failure) -> said(judged, said, band));
    }

    /** Without a word of it, or with one that is none, the quick judge's stands. */
    private static Said said(Assessment.Judged quick, @Nullable Assessment said, Band band) {
        return switch (said) {
            case null -> new Said(quick, false, Optional.empty());
            case Assessment.Unjudged none ->
                    new Said(quick, none.reason() == Reason.INVALID, Optional.empty());
            case Assessment.Judged judged ->
                    new Said(joined(quick, judged, band), true, Optional.of(judged.judge()));
        };
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
