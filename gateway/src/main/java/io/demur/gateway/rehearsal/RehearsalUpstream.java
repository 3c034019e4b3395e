package io.demur.gateway.rehearsal;

import io.demur.core.policy.ModelClass;
import io.demur.core.rehearsal.Rehearsal;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.Given;
import io.demur.gateway.upstream.Upstream;
import io.demur.gateway.upstream.Whole;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Embedded;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;
import io.demur.wire.rehearsal.Beat;
import io.demur.wire.rehearsal.RehearsalEvents;

import java.time.InstantSource;
import java.util.List;

/** The rehearsal model: needs a permit like any other. */
public final class RehearsalUpstream implements Upstream {

    private static final Failure OTHER =
            new Failure(
                    Failure.Kind.REJECTED, 400, "the rehearsal model answers and embeds, no more");

    private final RehearsalEvents rehearsal;
    private final InstantSource clock;
    private final String model;
    private final ModelClass of;

    /**
     * The rehearsal model.
     *
     * @param clock the gate's
     * @param model its name, with whatever cues stand behind it
     * @param of its class by the policy
     */
    public RehearsalUpstream(
            RehearsalEvents rehearsal, InstantSource clock, String model, ModelClass of) {
        this.rehearsal = rehearsal;
        this.clock = clock;
        this.model = model;
        this.of = of;
    }

    @Override
    public Answer send(Permit permit) {
        Asked asked = permit.take(clock.instant(), model, of);
        return new Played(
                asked instanceof Call call
                        ? rehearsal.answer(call)
                        : List.of(new Beat.Comes(new Event.Failed(OTHER))));
    }

    @Override
    public Whole<Embedded> embed(Permit permit) {
        Asked asked = permit.take(clock.instant(), model, of);
        return asked instanceof Embed embed
                ? Whole.known(new Given.Value<>(rehearsal.embed(embed)), Rehearsal.MODEL)
                : Whole.failed(OTHER);
    }
}
