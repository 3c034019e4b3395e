package io.demur.gateway;

import io.demur.gateway.gate.Seen;
import io.demur.gateway.running.Running;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;

import java.util.Map;

/** Who is told of exchanges, and comes when the gateway runs: it stands on what that has begun. */
final class Latecomer implements Seen {

    private volatile Seen told = Seen.NOTHING;

    /** The same gateway, with a place for it. */
    Running beside(Running alone) {
        return new Running(
                alone.statements(),
                alone.stale(),
                alone.waiting(),
                alone.servers(),
                Map.of(),
                alone.metrics(),
                this,
                false,
                "test");
    }

    /** From now on it is told. */
    void comes(Seen other) {
        told = other;
    }

    @Override
    public void attempted() {
        told.attempted();
    }

    @Override
    public void unwritten() {
        told.unwritten();
    }

    @Override
    public void ended(Attempt attempt, Outcome outcome) {
        told.ended(attempt, outcome);
    }
}
