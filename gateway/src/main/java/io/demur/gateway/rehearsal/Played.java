package io.demur.gateway.rehearsal;

import io.demur.core.rehearsal.Rehearsal;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.AnswerCancelled;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;
import io.demur.wire.rehearsal.Beat;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One performance as an answer: pauses are waited, and cancelling ends the wait. */
final class Played implements Answer {

    /** How long a model that says nothing more is waited for. */
    private static final Duration SILENCE_MAX = Duration.ofMinutes(5);

    private final List<Beat> beats;
    private final Promise<Void> cancelled = Promise.promise();
    private int at;
    private long waited;

    Played(List<Beat> beats) {
        this.beats = beats;
    }

    /** What follows without a pause comes together, as over a network. */
    @Override
    public List<Event> next() {
        List<Event> events = new ArrayList<>();
        while (at < beats.size() && (events.isEmpty() || beats.get(at) instanceof Beat.Comes)) {
            switch (beats.get(at++)) {
                case Beat.Comes comes -> events.add(comes.event());
                case Beat.Pause pause -> sleep(pause.time());
                case Beat.Silence silence -> {
                    sleep(SILENCE_MAX);
                    events.add(new Event.Failed(Failure.broken("nothing more came")));
                }
            }
        }
        if (cancelled.future().isComplete()) {
            throw new AnswerCancelled();
        }
        return events;
    }

    private void sleep(Duration time) {
        Vertx vertx = Vertx.currentContext().owner();
        Future<?> over = vertx.timer(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
        long from = System.nanoTime();
        Future.await(Future.any(over, cancelled.future()));
        waited += System.nanoTime() - from;
        if (cancelled.future().isComplete()) {
            throw new AnswerCancelled();
        }
    }

    @Override
    public String server() {
        return Rehearsal.MODEL;
    }

    @Override
    public Duration waited() {
        return Duration.ofNanos(waited);
    }

    @Override
    public void cancel() {
        cancelled.tryComplete();
    }

    @Override
    public void close() {
        cancelled.tryComplete();
    }
}
