package io.demur.core.memory;

import io.demur.core.Refusal;
import io.demur.core.harm.Hazard;
import io.demur.core.memory.Likening.Found;
import io.demur.core.policy.Standing;
import io.demur.core.policy.Standing.Likeness;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers what this gateway itself has refused, and says of a new request whether it comes back
 * to that: in the same words, disguised, lightly edited, wrapped in something else, or as a part of
 * it.
 *
 * <p>What it says binds nobody: the policy's rule {@code refused-before} refuses only what would
 * bear a note by its own judgement, so that nothing becomes a refusal because it resembles one.
 * Refusals of providers and models are no business of it.
 *
 * <p>No text is kept, only keyed hashes; whoever holds what is kept and not the key can tell
 * nothing. A refusal counts for the {@linkplain Bounds#window window} that it is in, measured by
 * the times that the caller gives. Where nothing was refused to somebody, a request costs one
 * look-up. Otherwise it costs time in proportion to its own length and to the number of refusals
 * remembered, which is bounded. Safe for use by several threads; nothing is compared under a lock.
 */
public final class RefusalMemory {

    private final MemoryKey key;
    private final Bounds bounds;
    private final Shelves shelves;

    /** Nothing is remembered yet. */
    public RefusalMemory(MemoryKey key, Bounds bounds) {
        this.key = key;
        this.bounds = bounds;
        shelves = new Shelves(bounds);
    }

    /** The better of two recognitions is the one to go by. */
    private record Match(Trace trace, Found found, boolean sameGrounds) {

        /** What a person found wrong in these very words goes before all, then what stands. */
        int rank() {
            boolean pardoned = trace.upheld() && found.likeness() == Likeness.SAME;
            return pardoned ? 0 : !trace.upheld() && sameGrounds ? 1 : 2;
        }

        boolean isBetterThan(Match other) {
            return rank() < other.rank()
                    || (rank() == other.rank() && found.isBetterThan(other.found));
        }

        Recognition recognition() {
            Standing.Earlier earlier =
                    new Standing.Earlier(trace.attempt(), Refusal.Origin.GATEWAY, found.likeness());
            Standing standing =
                    trace.upheld()
                            ? new Standing.Reopened(earlier, Standing.Reopened.Cause.APPEAL_UPHELD)
                            : sameGrounds
                                    ? new Standing.Refused(earlier)
                                    : new Standing.Reopened(
                                            earlier, Standing.Reopened.Cause.CONTEXT_CHANGED);
            return new Recognition(standing, found.reading(), trace.hazard());
        }
    }

    /**
     * Says whether a request comes back to what was refused.
     *
     * @param asked what is new in the request: mostly its last message
     * @param grounds what is known of who asks now
     */
    public Recognition recall(Whose whose, String asked, Asker grounds, Instant now) {
        List<Trace> traces = current(whose, now);
        if (traces.isEmpty()) {
            return Recognition.FRESH;
        }
        Match match = match(traces, Disguises.plain(asked), grounds, null);
        if (match == null || match.rank() > 1 || match.found.likeness() == Likeness.PART) {
            match = match(traces, Disguises.readings(asked), grounds, match);
        }
        return match == null ? Recognition.FRESH : match.recognition();
    }

    private @Nullable Match match(
            List<Trace> traces, List<String> readings, Asker grounds, @Nullable Match before) {
        long hash = grounds.hash(key);
        Match best = before;
        for (String reading : readings) {
            Likening.Text text = new Likening.Text(key, reading);
            if (text.shingles.letters() == 0) {
                continue;
            }
            for (Trace trace : traces) {
                for (Sketch sketch : trace.sketches()) {
                    Optional<Found> found = Likening.of(sketch, text);
                    if (found.isPresent()) {
                        Match match =
                                new Match(trace, found.orElseThrow(), trace.grounds() == hash);
                        best = best == null || match.isBetterThan(best) ? match : best;
                    }
                }
            }
        }
        return best;
    }

    /**
     * Remembers a refusal of the gateway's own. One of the same words on the same grounds takes the
     * place of the earlier one and keeps its id.
     *
     * @param attempt id of the refused attempt
     * @param hazard why, if a judge has named one
     * @return what to keep in a store, under its {@linkplain Trace#attempt attempt}
     */
    public Trace remember(
            Whose whose,
            String asked,
            String attempt,
            Optional<Hazard> hazard,
            Asker grounds,
            Instant at) {
        List<String> readings = Disguises.plain(asked);
        Match match = match(current(whose, at), readings, grounds, null);
        boolean again =
                match != null && match.found.likeness() == Likeness.SAME && match.sameGrounds;
        Trace trace =
                again && match != null
                        ? match.trace.refreshed(at)
                        : new Trace(
                                key.id(),
                                attempt,
                                match == null ? attempt : match.trace.root(),
                                hazard,
                                principal(whose),
                                conversation(whose),
                                grounds.hash(key),
                                at,
                                match != null && match.trace.upheld(),
                                sketches(readings));
        shelves.put(trace);
        return trace;
    }

    private List<Sketch> sketches(List<String> readings) {
        List<Sketch> sketches = new ArrayList<>();
        for (String reading : readings) {
            Shingles shingles = Shingles.of(key, reading);
            if (shingles.letters() > 0) {
                sketches.add(Sketch.of(key, reading, shingles));
            }
        }
        return sketches;
    }

    /**
     * Takes note that an appeal was upheld: that refusal, and those that came back to it, bind no
     * longer.
     *
     * @return what has changed and is to be kept anew
     */
    public List<Trace> uphold(String attempt) {
        List<Trace> changed = new ArrayList<>();
        for (Trace trace : shelves.all()) {
            if (!trace.upheld()
                    && (trace.attempt().equals(attempt) || trace.root().equals(attempt))) {
                changed.add(trace.upholding());
            }
        }
        changed.forEach(shelves::put);
        return changed;
    }

    /**
     * Remembers again what a store has kept.
     *
     * @return false where it was made under another key, and says nothing here
     */
    public boolean restore(Trace trace) {
        if (trace.keyId() != key.id()) {
            return false;
        }
        shelves.put(trace);
        return true;
    }

    /** Bytes that all of it takes, about; what is remembered by two counts twice. */
    public long weight() {
        return shelves.weight();
    }

    private List<Trace> current(Whose whose, Instant now) {
        Set<Trace> traces = new LinkedHashSet<>(shelves.of(principal(whose)));
        if (whose.conversation().isPresent()) {
            traces.addAll(shelves.of(conversation(whose)));
        }
        Instant oldest = now.minus(bounds.window());
        return traces.stream().filter(trace -> !trace.at().isBefore(oldest)).toList();
    }

    private long principal(Whose whose) {
        return key.hash("principal", whose.principal());
    }

    private long conversation(Whose whose) {
        return whose.conversation().map(name -> key.hash("conversation", name)).orElse(0L);
    }
}
