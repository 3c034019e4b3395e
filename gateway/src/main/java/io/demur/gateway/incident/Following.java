package io.demur.gateway.incident;

import io.demur.core.charter.Incidents;
import io.demur.core.incident.Resemblance;
import io.demur.core.policy.Decision.Strength;
import io.demur.gateway.offload.Offload;
import io.demur.store.RequestPrint;
import io.demur.store.RequestPrint.Kind;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;
import io.demur.wire.MalformedJson;
import io.demur.wire.SortedJson;

import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One exchange, for whoever looks for what was refused before: begun when its request is decided,
 * and over when what became of it is known. For one virtual thread of a verticle.
 */
public final class Following {

    private static final System.Logger LOGGER = System.getLogger(Following.class.getName());

    /** How long an exchange waits for the store before its reply; without an answer it goes on. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Beyond it, so that what is late says so itself. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** UTF-16 units that are printed at once; what is longer is on another thread, */
    private static final int INLINE_MAX = 8_192;

    /** and so is a body of more bytes, which is sorted and hashed whole. */
    private static final int BODY_INLINE_MAX = 256 << 10;

    private final RouteArounds of;
    private final Inquiry inquiry;

    /** Whether there was anything that it could be like. */
    private final boolean concerned;

    /** What is left of it, where that was made in time; otherwise it is made when it is over. */
    private final Optional<Footprint> printed;

    private final Found found;

    private boolean released;

    private boolean refused;

    /**
     * What was found before the reply: something, or that it goes around nothing.
     *
     * @param step what the policy makes of it
     */
    private record Found(Optional<Recalled> recalled, boolean repeated, Step step) {
        static final Found NOTHING = new Found(Optional.empty(), false, Step.NONE);

        Found with(Step other) {
            return new Found(recalled, repeated, other);
        }
    }

    /** What it is like, and what is left of that. */
    private record Earlier(Resemblance like, Footprint footprint) {}

    /** What was found, and what is left of the request by then. */
    private record Seen(Footprint footprint, Found found) {}

    private Following(
            RouteArounds of,
            Inquiry inquiry,
            boolean concerned,
            Optional<Footprint> printed,
            Found found) {
        this.of = of;
        this.inquiry = inquiry;
        this.concerned = concerned;
        this.printed = printed;
        this.found = found;
    }

    /** What does not work in time is said, and the exchange goes on without. */
    static Following of(RouteArounds of, Inquiry inquiry) {
        if (!of.refused.concerns(inquiry.principal(), inquiry.project())) {
            return new Following(of, inquiry, false, Optional.empty(), Found.NOTHING);
        }
        Optional<Footprint> footprint = inTime(of, inquiry, footprint(of, inquiry));
        Optional<Seen> seen = footprint.flatMap(it -> seen(of, inquiry, it));
        return new Following(
                of,
                inquiry,
                true,
                seen.map(Seen::footprint).or(() -> footprint),
                seen.map(Seen::found).orElse(Found.NOTHING));
    }

    /**
     * Looks by letters; and by meaning, where the policy wants that before the reply too and can
     * make more of it than of what the letters say.
     */
    private static Optional<Seen> seen(RouteArounds of, Inquiry inquiry, Footprint later) {
        List<Resemblance> like = of.refused.quickly(later.sent());
        Optional<Seen> seen =
                like.isEmpty()
                        ? Optional.of(new Seen(later, Found.NOTHING))
                        : inTime(
                                of,
                                inquiry,
                                of.onShelf(() -> new Seen(later, found(of, inquiry, later, like))));
        Optional<Found> letters = seen.map(Seen::found).filter(it -> isOpen(of, inquiry, it));
        return letters.isPresent()
                ? inTime(
                                of,
                                inquiry,
                                of.beforeReply(() -> closely(of, inquiry, later, letters.get())))
                        .or(() -> seen)
                : seen;
    }

    /** Whether something that is pinned may count for more than what was found. */
    private static boolean isOpen(RouteArounds of, Inquiry inquiry, Found found) {
        Incidents incidents = inquiry.settings().incidents();
        return (found.equals(Found.NOTHING) || found.step().leavesMoreTo(incidents))
                && of.refused.concerns(inquiry.principal(), inquiry.project(), incidents.pinned());
    }

    private static Found found(
            RouteArounds of, Inquiry inquiry, Footprint later, List<Resemblance> like)
            throws StoreFailed, StoreRefused {
        List<Earlier> earlier = earlier(of, like);
        return earlier.isEmpty()
                ? Found.NOTHING
                : look(of, inquiry, later, earlier, of.lately.before(later));
    }

    /**
     * By meaning, with what is pinned alone; the rest is compared behind the reply. What letters
     * have found stays what it is told to be like, and the stronger step holds.
     */
    private static Seen closely(RouteArounds of, Inquiry inquiry, Footprint later, Found letters)
            throws StoreFailed, StoreRefused {
        Incidents incidents = inquiry.settings().incidents();
        Footprint placed = Comparing.placed(of, later, inquiry.text());
        List<Footprint> before = of.lately.before(placed);
        List<Resemblance> like =
                of.refused.closely(
                        placed.sent(),
                        before.stream().map(Footprint::sent).toList(),
                        incidents.pinned());
        List<Earlier> pinned =
                earlier(of, like).stream()
                        .filter(it -> incidents.pins(it.footprint().category()))
                        .toList();
        if (pinned.isEmpty()) {
            return new Seen(placed, letters);
        }
        Found found =
                letters.equals(Found.NOTHING)
                        ? look(of, inquiry, placed, pinned, before)
                        : letters.with(letters.step().or(step(of, inquiry, placed, pinned)));
        return new Seen(placed, found);
    }

    private static List<Earlier> earlier(RouteArounds of, List<Resemblance> like)
            throws StoreFailed {
        List<Earlier> earlier = new ArrayList<>();
        for (Resemblance each : like) {
            of.footprint(each.refused().attempt())
                    .ifPresent(it -> earlier.add(new Earlier(each, it)));
        }
        return earlier;
    }

    private static Step step(
            RouteArounds of, Inquiry inquiry, Footprint later, List<Earlier> earlier)
            throws StoreFailed {
        return Step.of(of, inquiry, later, earlier.stream().map(Earlier::footprint).toList());
    }

    /** At once, or on a thread of the shelf where it takes long. */
    private static CompletableFuture<Footprint> footprint(RouteArounds of, Inquiry inquiry) {
        if (!of.isReady()
                || inquiry.body().length > BODY_INLINE_MAX
                || inquiry.text().length() > INLINE_MAX) {
            return of.onShelf(() -> made(of, inquiry));
        }
        try {
            return CompletableFuture.completedFuture(made(of, inquiry));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static <T> Optional<T> inTime(
            RouteArounds of, Inquiry inquiry, CompletableFuture<T> work) {
        return Offload.await(
                work.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .handle(
                                (done, failure) -> {
                                    if (failure != null) {
                                        of.counts.unknown();
                                        LOGGER.log(
                                                Level.WARNING,
                                                "whether `{0}` was refused before is not known"
                                                        + " before its reply: {1}",
                                                inquiry.attempt(),
                                                failure.getClass().getName());
                                        return Optional.<T>empty();
                                    }
                                    return Optional.of(done);
                                }),
                PATIENCE.plus(MARGIN));
    }

    /**
     * The first is what it is told to be like; what the policy makes of it goes by all. It is on
     * disk before any model is asked: from here on a kill loses nothing.
     *
     * @param before what the same principal has sent
     */
    private static Found look(
            RouteArounds of,
            Inquiry inquiry,
            Footprint later,
            List<Earlier> all,
            List<Footprint> before)
            throws StoreFailed, StoreRefused {
        Step step = step(of, inquiry, later, all);
        Footprint earlier = all.getFirst().footprint();
        Optional<Repeat> repeat = Repeat.of(later, earlier, before, inquiry.retried());
        if (repeat.isPresent()) {
            of.counts.passed(repeat.get());
            return new Found(Optional.empty(), true, step);
        }
        boolean own = later.principal().equals(earlier.principal());
        Optional<Recalled> recalled =
                of.prints
                        .reserve(
                                later.row(false),
                                earlier.attempt(),
                                Telling.id(earlier.attempt(), later.attempt()),
                                RouteArounds.GOES_ON)
                        .map(id -> new Recalled(id, all.getFirst().like(), earlier, own));
        return new Found(recalled, false, step);
    }

    private static Footprint made(RouteArounds of, Inquiry inquiry) {
        return new Footprint(
                inquiry.attempt(),
                inquiry.principal(),
                inquiry.project(),
                inquiry.at(),
                inquiry.at(),
                inquiry.hazard(),
                inquiry.pHarm(),
                inquiry.harmless(),
                false,
                new Way(
                        inquiry.call().model(),
                        inquiry.modelClass(),
                        "",
                        of.hash("system", utf8(inquiry.system())),
                        inquiry.call().sampling().temperature().map(String::valueOf).orElse("")),
                of.hash("body", body(inquiry.body())),
                of.hash("thread", utf8(inquiry.thread())),
                inquiry.protocol(),
                Fate.OPEN,
                of.prints(inquiry.text()));
    }

    private static byte[] body(byte[] body) {
        try {
            return SortedJson.of(body);
        } catch (MalformedJson e) {
            return body;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What was refused and comes again, where that is found already. */
    public Optional<Recalled> recalled() {
        return found.recalled();
    }

    /** What the policy makes more of it for that, where it does. */
    public Optional<Carried> carried() {
        return found.step().carried();
    }

    /** Whether it would, but for a person who has found that refusal wrong. */
    public boolean isOverturned() {
        return found.step().overturned();
    }

    /** A person has released just this. */
    public void released() {
        released = true;
    }

    /** A person has refused just this: from then on it is a refusal of its own. */
    public void refused() {
        refused = true;
    }

    /**
     * What is left of it once it is known what became of it; nothing of most.
     *
     * @param done what was decided in the end
     * @param server that answered; empty where none did
     */
    public Optional<Left> ended(Fate fate, Strength done, String server) {
        if (found.repeated() && !refused) {
            // it goes around nothing; but it has a reference, by which it may be appealed
            return fate.carried()
                    .map(rests -> left(fate, server, it -> it.row(Kind.REPEATED, true), it -> {}));
        }
        if (fate.by().isEmpty() && !concerned) {
            return Optional.empty();
        }
        boolean open = concerned && !found.repeated();
        return Optional.of(left(fate, server, it -> it.row(!open), it -> compare(it, open, done)));
    }

    private Left left(
            Fate fate, String server, Function<Footprint, RequestPrint> row, Left.Then then) {
        return new Left(
                of,
                inquiry.attempt(),
                () ->
                        printed.orElseGet(() -> made(of, inquiry))
                                .with(fate, server, of.now(), released),
                row,
                then);
    }

    private void compare(Footprint footprint, boolean open, Strength done) {
        of.remember(footprint);
        of.lately.add(footprint);
        Comparing comparing =
                new Comparing(of, footprint, Optional.of(inquiry.text()), open, inquiry.settings());
        if (found.recalled().isPresent()) {
            Recalled recalled = found.recalled().get();
            String word = done == Strength.CONDITION ? "condition" : "annotate";
            comparing.begin(recalled.footprint(), recalled.like(), word);
        }
        of.compare(comparing);
    }
}
