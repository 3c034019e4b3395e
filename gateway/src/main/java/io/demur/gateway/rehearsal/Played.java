package io.demur.gateway.rehearsal;

import io.demur.core.rehearsal.Rehearsal;
import io.demur.core.rehearsal.Step;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.AnswerCancelled;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Usage;
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

    private final List<Step> steps;
    private final Promise<Void> cancelled = Promise.promise();
    private int at;
    private boolean began;

    Played(List<Step> steps) {
        this.steps = steps;
    }

    @Override
    public List<Event> next() {
        List<Event> events = new ArrayList<>();
        while (events.isEmpty()) {
            if (cancelled.future().isComplete()) {
                throw new AnswerCancelled();
            }
            play(steps.get(at), events);
            at++;
        }
        // what follows without a pause comes together, as over a network
        while (at < steps.size()
                && !(steps.get(at) instanceof Step.Pause)
                && !waits(steps.get(at))) {
            play(steps.get(at++), events);
        }
        return events;
    }

    private static boolean waits(Step step) {
        return step instanceof Step.Stalled;
    }

    private void play(Step step, List<Event> events) {
        switch (step) {
            case Step.Text text -> begun(events).add(new Event.Text(text.piece()));
            case Step.Reasoning thought -> begun(events).add(new Event.Reasoning(thought.piece()));
            case Step.Declined words -> begun(events).add(new Event.Refusal(words.piece()));
            case Step.ToolBegan tool ->
                    begun(events)
                            .add(
                                    new Event.ToolBegan(
                                            tool.index(), "call_" + tool.index(), tool.name()));
            case Step.ToolPiece piece ->
                    begun(events).add(new Event.ToolDelta(piece.index(), piece.arguments()));
            case Step.Pause pause -> sleep(pause.time());
            case Step.Counted count ->
                    begun(events).add(new Event.Counted(Usage.of(count.input(), count.output())));
            case Step.Stop stop -> begun(events).add(Event.Stop.of(stop.reason()));
            case Step.Failed failed ->
                    events.add(RehearsalUpstream.failed(failed.status(), failed.message()));
            case Step.BrokeOff broken ->
                    events.add(new Event.Failed(Failure.broken("the connection ended")));
            case Step.Stalled stalled -> {
                sleep(SILENCE_MAX);
                events.add(new Event.Failed(Failure.broken("nothing more came")));
            }
        }
    }

    private List<Event> begun(List<Event> events) {
        if (!began) {
            began = true;
            events.add(new Event.Began("", Rehearsal.MODEL));
        }
        return events;
    }

    private void sleep(Duration time) {
        Vertx vertx = Vertx.currentContext().owner();
        Future<?> over = vertx.timer(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
        Future.await(Future.any(over, cancelled.future()));
        if (cancelled.future().isComplete()) {
            throw new AnswerCancelled();
        }
    }

    @Override
    public String server() {
        return Rehearsal.MODEL;
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
