package io.demur.gateway.incident;

import io.demur.core.charter.Settings;
import io.demur.core.incident.Keeping;
import io.demur.core.incident.Meaning;
import io.demur.core.incident.Prints;
import io.demur.core.incident.Refused;
import io.demur.core.incident.RefusedRequests;
import io.demur.core.memory.MemoryKey;
import io.demur.desk.Service;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.running.PrometheusText;
import io.demur.record.keys.Pseudonyms;
import io.demur.store.Incidents;
import io.demur.store.RequestPrint;
import io.demur.store.RequestPrints;
import io.demur.store.ReviewCase;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Sees what was refused and comes again. Each exchange is {@linkplain #follow followed}: what is
 * quick to find is found before the reply, the rest behind it, on threads of its own; what there is
 * no room for stays in the store, and is compared later. Whoever was refused nothing costs one
 * look-up.
 *
 * <p>The store is on other threads than those of exchanges, and is looked at again and again: so
 * what was refused at one gateway is known at the others, and what was erased is forgotten. Safe
 * for use by several threads.
 */
public final class RouteArounds implements AutoCloseable {

    /** How long after its first request a case takes in more of them. */
    static final Duration GOES_ON = Duration.ofHours(1);

    private static final System.Logger LOGGER = System.getLogger(RouteArounds.class.getName());

    private static final int THREADS = 2;
    private static final int ROOM = 1_000;
    private static final int ASKING = 64;

    /** What others write may be seen this much later than they say. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    /** Who has written so lately may write again. */
    private static final Duration OTHERS = Duration.ofMinutes(10);

    /** At every so manieth look what is over is forgotten. */
    private static final int SWEEP_EVERY = 10;

    final RefusedRequests refused;
    final RequestPrints prints;
    final Incidents cases;
    final Optional<Meaning> meaning;
    final Optional<Doubts> doubts;
    final Compared compared;
    final Lately lately;
    private final Backlog backlog;
    final Counts counts = new Counts();
    final Duration due;
    private final Pseudonyms names;
    private final MemoryKey key;
    private final Executor shelf;
    private final InstantSource clock;
    private final Pace pace;
    private final Supplier<Settings> inForce;
    private final Offload comparing = new Offload("incidents", THREADS, ROOM);

    /** What is compared by meaning before its reply waits for nothing that is behind one. */
    private final Offload pinning = new Offload("incidents-pinned", THREADS, ASKING);

    /** Whoever asks for cases waits here, and no exchange waits for them. */
    private final Offload asking = new Offload("incidents-asked", 1, ASKING);

    /** Principals of whom anything is remembered, each with the attempt that was the last. */
    private final Map<String, String> remembered = new ConcurrentHashMap<>();

    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("demur-incidents-look").daemon(true).factory());
    private final CompletableFuture<Prints> words;
    private Instant seen;
    private Instant othersSeen = Instant.EPOCH;
    private String trouble = "";
    private int looks;

    /**
     * How often the store is looked at.
     *
     * @param grace after which somebody else's request that was not compared is taken up: longer
     *     than an exchange can take
     * @param due how long people have to look at a case
     */
    public record Pace(Duration every, Duration grace, Duration due) {

        /** Every three seconds, after three quarters of an hour, a week. */
        public static final Pace USUAL =
                new Pace(
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(45),
                        Service.USUAL.of(ReviewCase.Kind.INCIDENT));
    }

    /** Where it is kept. */
    public record Shelves(RequestPrints prints, Incidents cases, Executor executor) {}

    /**
     * Begins with what is kept; whatever was not compared is compared from now on.
     *
     * @param shelves whose executor has platform threads
     * @param names under which what callers write is hashed
     * @param key under which prints are made; those of another are not compared
     * @param meaning where texts lie by what they mean; without it that is not looked at
     * @param arbiter says what likeness leaves in doubt; without one that is not found
     * @param inForce how the policy in force is kept, for what is compared long behind its reply
     */
    public RouteArounds(
            Shelves shelves,
            Pseudonyms names,
            MemoryKey key,
            Optional<Meaning> meaning,
            Optional<Arbiter> arbiter,
            InstantSource clock,
            Pace pace,
            Supplier<Settings> inForce)
            throws StoreFailed {
        prints = shelves.prints();
        compared = new Compared(prints);
        lately = new Lately(prints, clock, pace.every());
        backlog = new Backlog(this, pace.grace());
        cases = shelves.cases();
        shelf = shelves.executor();
        this.names = names;
        this.key = key;
        this.meaning = meaning;
        doubts = arbiter.map(it -> new Doubts(this, it));
        this.clock = clock;
        this.pace = pace;
        this.inForce = inForce;
        due = pace.due();
        refused = new RefusedRequests(Keeping.USUAL);
        seen = clock.instant();
        // reads the word lists, for which neither the start nor an exchange's thread is to wait
        words = comparing.submit(() -> prints(""));
        prints.refused(this::restore);
        // those of whoever was killed; that another gateway does the same does no harm, and what
        // is under way at another one says so itself, unless it is killed
        backlog.takeUp(seen.plus(OVERLAP));
        long every = pace.every().toMillis();
        var unused =
                looking.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    /** Follows an exchange whose request is about to be answered or refused. */
    public Following follow(Inquiry inquiry) {
        return Following.of(this, inquiry);
    }

    /** One case, by its id. */
    public CompletableFuture<Optional<ReviewCase>> find(String id) {
        return asking.submit(() -> done(() -> cases.find(id)));
    }

    /** Cases, the newest first; {@link Incidents#all}. */
    public CompletableFuture<List<ReviewCase>> all(
            Optional<String> subject,
            Optional<Instant> since,
            Set<ReviewCase.State> states,
            int max) {
        return asking.submit(() -> done(() -> cases.all(subject, since, states, max)));
    }

    /** Whether a person has found wrong that an attempt was kept back. */
    public CompletableFuture<Boolean> overturned(String attempt) {
        Instant since = clock.instant().minus(Keeping.USUAL.window());
        return onShelf(() -> cases.overturned(attempt, Set.of(), since));
    }

    /** What is counted. */
    public void write(PrometheusText text) {
        long waiting = comparing.counts().queued() + backlog.size();
        counts.write(text, waiting + doubts.map(Doubts::waiting).orElse(0), refused.weight());
    }

    Instant now() {
        return clock.instant();
    }

    /** Work with the store. */
    interface Work<T> {
        T in() throws StoreFailed, StoreRefused;
    }

    /** Does it on a platform thread: databases know no virtual ones. */
    <T> CompletableFuture<T> onShelf(Work<T> work) {
        try {
            return CompletableFuture.supplyAsync(() -> done(work), shelf);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static <T> T done(Work<T> work) {
        try {
            return work.in();
        } catch (StoreFailed | StoreRefused e) {
            throw new CompletionException(e);
        }
    }

    /** Whether prints take no longer than a text's length makes them. */
    boolean isReady() {
        return words.isDone();
    }

    Prints prints(String text) {
        return Prints.of(key, text);
    }

    /** A keyed hash of something that a caller wrote; empty where that is. */
    String hash(String what, byte[] text) {
        if (text.length == 0) {
            return "";
        }
        byte[] use = ("demur " + what + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(use, use.length + text.length);
        System.arraycopy(text, 0, both, use.length, text.length);
        return names.of(both).substring(0, 32);
    }

    /** What is left of a request; nothing where that is gone, or cannot be read. */
    Optional<Footprint> footprint(String attempt) throws StoreFailed {
        return prints.find(attempt).flatMap(Footprint::of);
    }

    /** From now on later requests are compared with it. */
    void remember(Footprint footprint) {
        footprint.refused().ifPresent(this::remember);
    }

    private void remember(Refused one) {
        synchronized (remembered) {
            refused.remember(one);
            remembered.put(one.principal(), one.attempt());
        }
    }

    private void restore(RequestPrint row) {
        Footprint.of(row).ifPresent(this::remember);
    }

    /** Does at once, before a reply, what otherwise takes its turn behind it. */
    <T> CompletableFuture<T> beforeReply(Work<T> work) {
        return pinning.submit(() -> done(work));
    }

    /** Compares one behind the reply; where there is no room, or the store fails, later. */
    void compare(Comparing what) {
        var unused =
                comparing
                        .submit(what::run)
                        .exceptionally(
                                failure -> {
                                    leave(what.attempt());
                                    return false;
                                });
    }

    /** Leaves one for later. */
    void leave(String attempt) {
        counts.left();
        backlog.leave(attempt);
    }

    /** Whether there is room to take up what was left. */
    boolean hasRoom() {
        return comparing.counts().queued() < ROOM / 2;
    }

    Settings inForce() {
        return inForce.get();
    }

    /** What goes wrong with one thing keeps no other from being done. */
    private void look() {
        Instant now = clock.instant();
        boolean sweeps = ++looks % SWEEP_EVERY == 0;
        List<Task> tasks = new ArrayList<>();
        tasks.add(() -> lookForOthers(now));
        tasks.add(() -> lookElsewhere(now));
        if (sweeps) {
            tasks.add(this::forgetErased);
            tasks.add(() -> refused.expire(now));
        }
        tasks.add(backlog::takeUp);
        if (sweeps) {
            tasks.add(() -> backlog.takeUp(now.minus(pace.grace())));
            tasks.add(prints::sweep);
        }
        tasks.add(compared::note);
        String wrong = "";
        for (Task task : tasks) {
            try {
                task.run();
            } catch (StoreFailed | RuntimeException | Error e) {
                wrong = String.valueOf(e.getMessage());
            }
        }
        troubled(wrong);
    }

    /** One thing that is done at a look. */
    @FunctionalInterface
    private interface Task {
        void run() throws StoreFailed;
    }

    private void lookElsewhere(Instant now) throws StoreFailed {
        prints.elsewhere(seen.minus(OVERLAP), this::restore);
        seen = now;
    }

    /** What this process wrote before its start is another's, too. */
    private void lookForOthers(Instant now) throws StoreFailed {
        Instant from = looks == 1 ? now.minus(OTHERS) : seen.minus(OVERLAP);
        if (prints.isWrittenElsewhere(from)) {
            othersSeen = now;
        }
        lately.shared(othersSeen.plus(OTHERS).isAfter(now));
    }

    /**
     * What was erased in the store, by whichever process, is forgotten here; but nothing of whoever
     * was refused something meanwhile.
     */
    private void forgetErased() throws StoreFailed {
        Map<String, String> before = new HashMap<>(remembered);
        Set<String> kept = prints.subjects();
        before.keySet().removeAll(kept);
        before.forEach(this::forget);
        lately.keepOnly(kept);
    }

    private void forget(String principal, String last) {
        synchronized (remembered) {
            if (remembered.remove(principal, last)) {
                refused.forget(principal);
            }
        }
    }

    /** Says what is wrong once, not at every look. */
    private void troubled(String now) {
        if (!now.equals(trouble)) {
            LOGGER.log(
                    now.isEmpty() ? Level.INFO : Level.WARNING,
                    "what was refused elsewhere: {0}",
                    now.isEmpty() ? "all is well again" : now);
        }
        trouble = now;
    }

    /** Compares no more; what waits stays in the store. */
    @Override
    public void close() {
        looking.close();
        comparing.close();
        doubts.ifPresent(Doubts::close);
        pinning.close();
        asking.close();
        try {
            compared.note();
        } catch (StoreFailed | RuntimeException e) {
            troubled(String.valueOf(e.getMessage()));
        }
    }
}
