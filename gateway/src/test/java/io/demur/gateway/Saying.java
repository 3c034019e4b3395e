package io.demur.gateway;

import io.demur.core.StopReason;
import io.demur.core.policy.ModelClass;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.Upstream;
import io.demur.wire.chat.Event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A model that says one thing, and says who it is. */
record Saying(String name, ModelClass kind, List<Event> events) implements Upstream {
    /** One that is of a provider, which refuses. */
    static Saying refuses(String name) {
        return new Saying(
                name,
                ModelClass.HOSTED,
                List.of(
                        new Event.Began("1", name),
                        new Event.Refusal("I can't help with that."),
                        Event.Stop.of(
                                new StopReason.Refusal(
                                        "message.refusal", Optional.of("privacy")))));
    }

    static Saying answers(String name, ModelClass kind) {
        return answers(name, kind, "Here is what you asked for.");
    }

    static Saying answers(String name, ModelClass kind, String text) {
        return new Saying(
                name,
                kind,
                List.of(
                        new Event.Began("2", name),
                        new Event.Text(text),
                        Event.Stop.of(new StopReason.End())));
    }

    @Override
    public Answer send(Permit permit) {
        var unused = permit.take(Instant.now(), name, kind);
        return new Said(name + "-server", new ArrayList<>(events));
    }

    private record Said(String server, List<Event> left) implements Answer {
        @Override
        public List<Event> next() {
            return List.of(left.removeFirst());
        }

        @Override
        public void cancel() {
            // nobody leaves
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
