package io.demur.gateway;

import io.demur.core.policy.ModelClass;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.Upstream;
import io.demur.wire.chat.Event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A model that says one thing, and says who it is. */
record Saying(String name, ModelClass kind, List<Event> events) implements Upstream {
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
