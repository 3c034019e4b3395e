package io.demur.eval.run;

import io.demur.eval.run.Heard.Again;
import io.demur.remote.ModelCall;
import io.demur.remote.ModelClient;
import io.demur.remote.ModelReply;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A model behind a server. */
public final class ServedModel implements Target {

    private final ModelClient client;
    private final String model;

    /**
     * @param model as the server names it
     */
    public ServedModel(ModelClient client, String model) {
        this.client = client;
        this.model = model;
    }

    @Override
    public Heard ask(Asked asked) throws InterruptedException {
        long began = System.nanoTime();
        Sampling sampling = asked.sampling();
        ModelReply reply =
                client.ask(
                        new ModelCall(
                                model,
                                asked.request(),
                                sampling.temperature(),
                                sampling.seed(),
                                sampling.tokensMax()));
        Duration latency = Duration.ofNanos(System.nanoTime() - began);
        return switch (reply) {
            case ModelReply.Answered answered ->
                    new Heard.Said(
                            answered.response(),
                            usage(answered),
                            latency.truncatedTo(ChronoUnit.MICROS),
                            answered.model(),
                            answered.fingerprint(),
                            false);
            case ModelReply.Failed failed -> failed(failed);
        };
    }

    private static Optional<Usage> usage(ModelReply.Answered answered) {
        return answered.inputTokens().isPresent() && answered.outputTokens().isPresent()
                ? Optional.of(
                        new Usage(
                                answered.inputTokens().getAsLong(),
                                answered.outputTokens().getAsLong()))
                : Optional.empty();
    }

    private static Heard failed(ModelReply.Failed failed) {
        return switch (failed.reason()) {
            case LATE -> lost(Failure.Kind.TIMEOUT, failed);
            case BROKEN_OFF -> lost(Failure.Kind.TRANSPORT, failed);
            case UNREADABLE -> lost(Failure.Kind.UNREADABLE, failed);
            // a proxy that gave up says nothing of the model behind it, which may have gone on
            case OUTAGE -> lost(Failure.Kind.STATUS, failed);
            case UNREACHABLE -> unsent(Failure.Kind.TRANSPORT, Again.LATER, failed);
            case BUSY -> unsent(Failure.Kind.STATUS, Again.FEWER, failed);
            case REJECTED -> unsent(Failure.Kind.STATUS, Again.NEVER, failed);
            case BLOCKED -> unsent(Failure.Kind.BLOCKED, Again.NEVER, failed);
            case DENIED -> new Heard.Denied(failed.message());
        };
    }

    /** Nobody has worked on it. */
    private static Heard unsent(Failure.Kind kind, Again again, ModelReply.Failed failed) {
        return nothing(kind, again, failed, false);
    }

    /** Somebody may have answered it, and has to be paid. */
    private static Heard lost(Failure.Kind kind, ModelReply.Failed failed) {
        return nothing(kind, Again.LATER, failed, true);
    }

    private static Heard nothing(
            Failure.Kind kind, Again again, ModelReply.Failed failed, boolean mayCost) {
        return new Heard.Nothing(
                new Failure(kind, failed.status(), failed.message()),
                again,
                failed.retryAfter(),
                mayCost);
    }
}
