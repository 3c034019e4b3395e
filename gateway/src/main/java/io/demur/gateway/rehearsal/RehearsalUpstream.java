package io.demur.gateway.rehearsal;

import io.demur.core.rehearsal.Rehearsal;
import io.demur.core.rehearsal.Setting;
import io.demur.core.rehearsal.Step;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.Upstream;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;

import java.time.InstantSource;
import java.util.List;

/** The rehearsal model: needs a permit like any other. */
public final class RehearsalUpstream implements Upstream {

    private final Rehearsal rehearsal;
    private final InstantSource clock;

    public RehearsalUpstream(Rehearsal rehearsal, InstantSource clock) {
        this.rehearsal = rehearsal;
        this.clock = clock;
    }

    @Override
    public Answer send(Permit permit) {
        Asked asked = permit.take(clock.instant());
        if (!(asked instanceof Call call)) {
            return new Played(
                    List.of(new Step.Failed(400, "the rehearsal model answers calls alone")));
        }
        Setting setting = Setting.PLAIN.withCues(Rehearsal.cuesIn(call.model()));
        return new Played(rehearsal.answer(call.request(), setting));
    }

    /** What a status of the script stands for. */
    static Event failed(int status, String message) {
        return new Event.Failed(new Failure(Failure.kindOf(status), status, message));
    }
}
