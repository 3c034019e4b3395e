package io.demur.gateway;

import io.demur.core.Refusal;
import io.demur.core.StopReason;
import io.demur.core.Verdict;
import io.demur.core.compose.Composed;
import io.demur.core.policy.Decision;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.keep.Keeping.Beside;
import io.demur.gateway.keep.Keeping.Filed;
import io.demur.gateway.offload.Waiting;
import io.demur.gateway.review.Release;
import io.demur.gateway.review.Withheld;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.Spent;
import io.demur.gateway.upstream.Upstream;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Outcome.Result;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Gathering;
import io.demur.wire.chat.ProviderRefusal;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Usage;

import java.util.List;
import java.util.Optional;

/**
 * One exchange, from top to bottom: attempt on disk, judge, decide, refuse or ask the model, review
 * what comes and release it, outcome on disk, last byte. Runs on a virtual thread of a verticle,
 * and waits through {@link Waiting} alone.
 */
final class Exchange {

    /** What comes cannot be put into the caller's protocol. */
    private static final Event UNWRITABLE =
            new Event.Failed(Failure.broken("the answer cannot be carried in this protocol"));

    private final Parts parts;
    private final Visit visit;
    private final Call call;
    private final Upstream upstream;
    private final Replying replying;
    private final Opening opening;
    private final Spent spent;

    Exchange(Parts parts, Visit visit, Call call, Upstream upstream, Replying replying) {
        this.parts = parts;
        this.visit = visit;
        this.call = call;
        this.upstream = upstream;
        this.replying = replying;
        spent = new Spent(call);
        opening = new Opening(parts, visit);
        replying.decision(opening.decided().decision().strength());
        opening.held().ifPresent(replying::held);
        opening.recalled().ifPresent(replying::recalled);
    }

    /**
     * What an exchange comes to: what is noted of it, and the last that the caller gets.
     *
     * @param answer what was decided of the answer, where that stays back
     */
    private record Ended(
            Result result,
            Optional<Refusal.Origin> origin,
            String reason,
            Optional<Outcome.Answer> answer,
            Event last) {}

    /** Runs to its end. */
    @SuppressWarnings("CatchingUnchecked") // whatever breaks, the attempt has an outcome
    void run() {
        Decided decided = opening.decided();
        try {
            conclude(
                    switch (decided.decision()) {
                        case Decision.Refuse refuse -> refuse(Result.REFUSE_LOCAL);
                        case Decision.Hold hold -> refuse(Result.REVIEW);
                        case Decision.Condition condition -> ask(decided);
                        case Decision.Annotate annotate -> ask(decided);
                        case Decision.Allow allow -> ask(decided);
                    });
        } catch (Throwable e) {
            opening.cutShort(e, replying.isGone(), this::brokenOff);
            throw e;
        }
    }

    /** The tokens that it came to, however it ended; none where no model was asked. */
    Usage spent() {
        return spent.total().orElse(Usage.NONE);
    }

    /** The model is not asked; the caller is told why. */
    private Ended refuse(Result result) {
        return instead(opening.refusal(call.request()), result, Optional.empty());
    }

    /**
     * Asks the model, and lets through what the review releases. Where an answer is withheld before
     * any of it has left, the permit says whether the model may be asked once more.
     */
    private Ended ask(Decided decided) {
        Permit permit = parts.gate().permit(opening.attempted(), decided, parts.answeredWithin());
        Release release;
        do {
            release = parts.reviewing().open(call.request(), decided, call.stream());
            try (Answer answer = upstream.send(permit)) {
                replying.whenGone(answer::cancel);
                Optional<Event> last;
                try {
                    last = relay(answer, release);
                } finally {
                    opening.book().asked(answer.tried(), answer.waited());
                }
                if (last.isPresent()) {
                    return answered(last.get());
                }
            } finally {
                opening.reviewedBy(release.judges());
            }
        } while (permit.hasMore() && replying.isEmpty());
        return withheld(decided, release.withheld().orElseThrow());
    }

    /** Returns the last event, which has not gone out; nothing where the rest is withheld. */
    private Optional<Event> relay(Answer answer, Release release) {
        try {
            while (true) {
                for (Event event : answer.next()) {
                    spent.heard(event);
                    visit.drill().ifPresent(it -> it.hears(event));
                    List<Event> released = release.take(event);
                    foretell(released);
                    for (Event free : released) {
                        if (free.isLast()) {
                            return Optional.of(free);
                        }
                        replying.write(free);
                        if (replying.isBroken()) {
                            return Optional.of(UNWRITABLE);
                        }
                    }
                    if (release.withheld().isPresent()) {
                        return Optional.empty();
                    }
                }
            }
        } finally {
            spent.over(answer.isReached());
        }
    }

    /**
     * Who refuses stands in the head of a stream, which leaves with the first words: so it is read
     * from those that were held back until now.
     */
    private void foretell(List<Event> released) {
        if (call.stream() && replying.bytes() == 0) {
            refusing(released).ifPresent(replying::origin);
        }
    }

    private Optional<Refusal.Origin> refusing(List<Event> released) {
        Gathering said = new Gathering();
        for (Event event : released) {
            said.add(event);
            if (event instanceof Event.Refusal
                    || (event instanceof Event.Stop stop && stop.refusal().isPresent())) {
                return Optional.of(Refusal.Origin.PROVIDER);
            }
        }
        return refuses(said.soFar()) ? Optional.of(Refusal.Origin.MODEL) : Optional.empty();
    }

    private boolean refuses(Reply reply) {
        return parts.detector().detect(call.request(), reply.response()) instanceof Verdict.Refused;
    }

    /** Whatever the model or its provider says, a refusal included, reaches the caller as it is. */
    private Ended answered(Event last) {
        if (last.equals(UNWRITABLE)) {
            return plain(Result.ABORT, Optional.empty(), "unwritable", last);
        }
        if (last instanceof Event.Failed failed) {
            return plain(Result.ERROR, Optional.empty(), "upstream", failed);
        }
        if (last instanceof Event.Stop stop && stop.refusal().isPresent()) {
            Optional<Refusal.Origin> provider = Optional.of(Refusal.Origin.PROVIDER);
            return plain(Result.REFUSE_UPSTREAM, provider, "provider", last);
        }
        return plain(Result.ALLOW, Optional.empty(), "answered", last);
    }

    private static Ended plain(
            Result result, Optional<Refusal.Origin> origin, String reason, Event last) {
        return new Ended(result, origin, reason, Optional.empty(), last);
    }

    /** The answer stays back, or what is left of it. That is remembered like any refusal. */
    private Ended withheld(Decided decided, Withheld withheld) {
        Optional<Outcome.Answer> answer = Optional.of(Book.answer(withheld));
        opening.withheld(withheld.decision());
        Composed composed =
                parts.refusals()
                        .ofAnswer(
                                visit.attempt(),
                                call.request(),
                                decided.charter(),
                                withheld.assessment(),
                                withheld.decision());
        replying.decision(withheld.decision().strength());
        if (replying.isEmpty()) {
            return instead(composed, Result.REFUSE_LOCAL, answer);
        }
        replying.origin(Refusal.Origin.GATEWAY);
        replying.write(new Event.Refusal(composed.text()));
        return new Ended(
                Result.PARTIAL,
                Optional.of(Refusal.Origin.GATEWAY),
                composed.statement().reason().code(),
                answer,
                stop(withheld.released(), composed));
    }

    /** Ends what was begun, and says how much text had left. */
    private static Event stop(int released, Composed composed) {
        StopReason reason = new StopReason.ContentFilter("demur.review", Optional.empty());
        return new Event.Stop(
                reason,
                Optional.empty(),
                ProviderRefusal.of(reason, Optional.empty()),
                released == 0 ? Optional.empty() : Optional.of(new Event.Retraction(0, released)),
                Optional.of(composed.statement()));
    }

    /** A refusal in the place of an answer. */
    private Ended instead(Composed composed, Result result, Optional<Outcome.Answer> answer) {
        replying.origin(Refusal.Origin.GATEWAY);
        Reply reply = parts.refusals().reply(composed);
        Event last = replying.writeAllButLast(reply);
        return new Ended(
                result,
                Optional.of(Refusal.Origin.GATEWAY),
                composed.statement().reason().code(),
                answer,
                last);
    }

    /** The outcome is on disk before the last byte leaves. */
    private void conclude(Ended ended) {
        Optional<Reply> given = replying.close(ended.last());
        Ended said = given.map(reply -> recognised(reply, ended)).orElse(ended);
        said.origin().ifPresent(replying::origin);
        Ending ending = ending(said, Optional.empty(), replying.released());
        given.or(replying::left)
                .map(replying::body)
                .ifPresentOrElse(
                        body -> opening.record(ending, body), () -> opening.record(ending));
        given.ifPresent(opening.hearing()::answered);
        replying.finish();
    }

    private Ending ending(Ended ended, Optional<Kept> kept, long released) {
        return new Ending(
                ended.result(),
                ended.origin(),
                Optional.of(ended.reason()),
                ended.answer(),
                kept,
                released,
                spent.total(),
                spent.isEstimated());
    }

    private Kept kept(Reply reply) {
        return Opening.recorded(
                "the reply",
                opening.book()
                        .reply(replying.body(reply), Beside.NOTHING)
                        .thenCompose(Filed::stored));
    }

    /** It came to no end: what had left until then is kept, if it can be. */
    private Ending brokenOff(Result result, String reason) {
        Optional<Kept> kept;
        try {
            kept = replying.left().map(this::kept);
        } catch (RuntimeException e) {
            kept = Optional.empty(); // the outcome counts for more
        }
        Ended ended = plain(result, Optional.empty(), reason, UNWRITABLE);
        return ending(ended, kept, replying.bytes());
    }

    /** A model that refuses in plain words has refused, which the record is to show. */
    private Ended recognised(Reply given, Ended ended) {
        return ended.result() == Result.ALLOW && refuses(given)
                ? plain(
                        Result.REFUSE_UPSTREAM,
                        Optional.of(Refusal.Origin.MODEL),
                        "model",
                        ended.last())
                : ended;
    }
}
