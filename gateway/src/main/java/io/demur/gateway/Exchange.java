package io.demur.gateway;

import io.demur.core.Refusal;
import io.demur.core.StopReason;
import io.demur.core.Verdict;
import io.demur.core.compose.Composed;
import io.demur.core.policy.Decision;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.review.Release;
import io.demur.gateway.review.Withheld;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.Upstream;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome.Result;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.ProviderRefusal;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Usage;

import java.util.Optional;

/**
 * One exchange, from top to bottom: attempt on disk, judge, decide, refuse or ask the model, review
 * what comes and release it, outcome on disk, last byte. Runs on a virtual thread of a verticle,
 * and waits through {@link Waiting} alone.
 */
final class Exchange {

    private final Parts parts;
    private final Visit visit;
    private final Call call;
    private final Upstream upstream;
    private final Replying replying;
    private final Opening opening;

    Exchange(Parts parts, Visit visit, Call call, Upstream upstream, Replying replying) {
        this.parts = parts;
        this.visit = visit;
        this.call = call;
        this.upstream = upstream;
        this.replying = replying;
        opening = new Opening(parts, visit, call);
        replying.attempt(visit.attempt());
        replying.decision(opening.decided().decision().strength());
    }

    /** What an exchange comes to: what is noted of it, and the last that the caller gets. */
    private record Ended(
            Result result, Optional<Refusal.Origin> origin, String reason, Event last) {}

    /**
     * Runs to its end.
     *
     * @return the tokens, as far as the model's server counted them
     */
    @SuppressWarnings("CatchingUnchecked") // whatever breaks, the attempt has an outcome
    Optional<Usage> run() {
        Decided decided = opening.decided();
        try {
            return conclude(
                    switch (decided.decision()) {
                        case Decision.Refuse refuse -> refuse(Result.REFUSE_LOCAL);
                        case Decision.Hold hold -> refuse(Result.REVIEW);
                        case Decision.Condition condition -> ask(decided);
                        case Decision.Annotate annotate -> ask(decided);
                        case Decision.Allow allow -> ask(decided);
                    });
        } catch (Throwable e) {
            opening.cutShort(e, replying.isGone(), replying.bytes());
            throw e;
        }
    }

    /** The model is not asked; the caller is told why. */
    private Ended refuse(Result result) {
        return instead(opening.refusal(call.request()), result);
    }

    /**
     * Asks the model, and lets through what the review releases. Where an answer is withheld before
     * any of it has left, the permit says whether the model may be asked once more.
     */
    private Ended ask(Decided decided) {
        Permit permit =
                parts.gate().permit(opening.attempted(), decided, call, parts.answeredWithin());
        Release release;
        do {
            release = parts.reviewing().open(call.request(), decided, call.stream());
            try (Answer answer = upstream.send(permit)) {
                replying.whenGone(answer::cancel);
                Optional<Event> last;
                try {
                    last = relay(answer, release);
                } finally {
                    opening.book().asked(answer.tried());
                }
                opening.reviewedBy(release.judges());
                if (last.isPresent()) {
                    return answered(last.get());
                }
            }
        } while (permit.hasMore() && replying.isEmpty());
        return withheld(decided, release.withheld().orElseThrow());
    }

    /** Returns the last event, which has not gone out; nothing where the rest is withheld. */
    private Optional<Event> relay(Answer answer, Release release) {
        while (true) {
            for (Event event : answer.next()) {
                for (Event free : release.take(event)) {
                    if (free.isLast()) {
                        return Optional.of(free);
                    }
                    replying.write(free);
                }
                if (release.withheld().isPresent()) {
                    return Optional.empty();
                }
            }
        }
    }

    /** Whatever the model or its provider says, a refusal included, reaches the caller as it is. */
    private Ended answered(Event last) {
        if (last instanceof Event.Failed failed) {
            return new Ended(Result.ERROR, Optional.empty(), "upstream", failed);
        }
        if (last instanceof Event.Stop stop && stop.refusal().isPresent()) {
            replying.origin(Refusal.Origin.PROVIDER);
            return new Ended(
                    Result.REFUSE_UPSTREAM, Optional.of(Refusal.Origin.PROVIDER), "provider", last);
        }
        return new Ended(Result.ALLOW, Optional.empty(), "answered", last);
    }

    /** The answer stays back, or what is left of it. */
    private Ended withheld(Decided decided, Withheld withheld) {
        Composed composed =
                parts.refusals()
                        .ofAnswer(
                                visit.attempt(),
                                call.request(),
                                decided.charter(),
                                withheld.assessment(),
                                withheld.decision());
        if (replying.isEmpty()) {
            return instead(composed, Result.REFUSE_LOCAL);
        }
        replying.origin(Refusal.Origin.GATEWAY);
        replying.write(new Event.Refusal(composed.text()));
        return new Ended(
                Result.PARTIAL,
                Optional.of(Refusal.Origin.GATEWAY),
                composed.statement().reason().code(),
                stop(withheld.released()));
    }

    /** Ends what was begun, and says how much text had left. */
    private static Event stop(int released) {
        StopReason reason = new StopReason.ContentFilter("demur.review", Optional.empty());
        return new Event.Stop(
                reason,
                Optional.empty(),
                ProviderRefusal.of(reason, Optional.empty()),
                released == 0 ? Optional.empty() : Optional.of(new Event.Retraction(0, released)));
    }

    /** A refusal in the place of an answer. */
    private Ended instead(Composed composed, Result result) {
        replying.origin(Refusal.Origin.GATEWAY);
        Reply reply = parts.refusals().reply(composed);
        Event last = replying.writeAllButLast(reply);
        return new Ended(
                result,
                Optional.of(Refusal.Origin.GATEWAY),
                composed.statement().reason().code(),
                last);
    }

    /** The outcome is on disk before the last byte leaves. */
    private Optional<Usage> conclude(Ended ended) {
        Optional<Reply> released = replying.close(ended.last());
        Optional<Kept> kept =
                released.map(
                        reply ->
                                Opening.recorded(
                                        "the reply", opening.book().reply(replying.body(reply))));
        Ended said = released.map(reply -> recognised(reply, ended)).orElse(ended);
        opening.record(
                new Ending(
                        said.result(),
                        said.origin(),
                        Optional.of(said.reason()),
                        kept,
                        replying.bytes(),
                        released.flatMap(Reply::usage)));
        released.ifPresent(opening.hearing()::answered);
        replying.finish();
        return released.flatMap(Reply::usage);
    }

    /** A model that refuses in plain words has refused, which the record is to show. */
    private Ended recognised(Reply released, Ended ended) {
        boolean refused =
                ended.result() == Result.ALLOW
                        && parts.detector().detect(call.request(), released.response())
                                instanceof Verdict.Refused;
        return refused
                ? new Ended(
                        Result.REFUSE_UPSTREAM,
                        Optional.of(Refusal.Origin.MODEL),
                        "model",
                        ended.last())
                : ended;
    }
}
