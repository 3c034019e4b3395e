package io.demur.record;

import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.entry.Access;
import io.demur.record.entry.AccessChange;
import io.demur.record.entry.Appeal;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Erase;
import io.demur.record.entry.Feedback;
import io.demur.record.entry.Ids;
import io.demur.record.entry.KeyChange;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.PolicyChange;
import io.demur.record.entry.Review;
import io.demur.record.entry.RouteAround;
import io.demur.record.entry.StageSeen;
import io.demur.record.entry.Start;
import io.demur.record.entry.Stop;
import io.demur.record.entry.Unknown;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Checks from the entries of a log alone that they tell a whole story: exactly one OUTCOME for each
 * ATTEMPT, and all else that {@code docs/reference/log-entries.md} says must hold. Shares no code
 * with what writes them but the codec. To be given every entry, from the first one on.
 *
 * <p>Memory stays flat however long the log is. Of attempts that are open it needs to know as many
 * as are open at once, and none for longer than twice an hour. Ids that were used it forgets after
 * ten minutes of the log's time: one that is used again later than that was made more than ten
 * minutes before its second entry, and that is a problem of its own. So it holds the ids of ten
 * minutes, some 100 bytes for each: at 6,000 attempts a second, 3.6 million of them.
 */
public final class Completeness implements LogReader.Visitor {

    /** How many problems, and how many notes, are kept as sentences; all are counted. */
    public static final int SAID_MAX = 1_000;

    private static final String PREFIX = "att_";
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    /** How far an id's time may lie from its entry's, so that a second use cannot be missed. */
    private static final Duration NEAR = FORGOTTEN_AFTER.dividedBy(2);

    private final Duration openMax;
    private final InstantSource clock;
    private final Map<UUID, Instant> open = new LinkedHashMap<>();
    private final Map<UUID, Instant> used = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<String> running = Optional.empty();
    private Instant first = Instant.EPOCH;
    private Instant last = Instant.EPOCH;
    private long entries;
    private long attempts;
    private long outcomes;
    private long crashes;
    private long unknown;
    private long problemsCounted;
    private long notesCounted;

    public Completeness() {
        this(Duration.ofHours(1));
    }

    /**
     * A check of a log whose attempts are open for a given time at most.
     *
     * @param attemptMax what the trail was opened with
     */
    public Completeness(Duration attemptMax) {
        this(attemptMax, InstantSource.system());
    }

    Completeness(Duration attemptMax, InstantSource clock) {
        this.openMax = attemptMax.multipliedBy(2);
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param open how many attempts have no outcome at the end
     * @param crashes how many processes ended without a STOP
     * @param unknown how many entries are of a type or version that this program does not know
     * @param problems what must not be, as sentences: the first {@value #SAID_MAX}
     * @param problemsCounted how many there are
     * @param notes what is worth a look and may be right: the first {@value #SAID_MAX}
     * @param notesCounted how many there are
     */
    public record Report(
            long entries,
            long attempts,
            long outcomes,
            long open,
            long crashes,
            long unknown,
            List<String> problems,
            long problemsCounted,
            List<String> notes,
            long notesCounted) {

        public Report {
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
        }

        /** Whether nothing is missing and nothing is wrong. */
        public boolean complete() {
            return problemsCounted == 0;
        }
    }

    /**
     * Checks a whole log.
     *
     * @param running whether a process may be writing to it now: then attempts may be open
     * @throws IOException where it cannot be read
     * @throws Malformed where its files are not a log's
     */
    public static Report check(LogReader reader, long size, boolean running)
            throws IOException, Malformed {
        Completeness completeness = new Completeness();
        reader.entries(0, size, size, completeness);
        return completeness.report(running);
    }

    @Override
    public void entry(long index, byte[] bytes) {
        Entry entry;
        entries++;
        try {
            entry = EntryCodec.read(bytes);
        } catch (Malformed e) {
            problem(index, String.valueOf(e.getMessage()));
            return;
        }
        if (entry.at().isBefore(last)) {
            problem(index, "its time %s is before %s".formatted(entry.at(), last));
        }
        last = entry.at().isBefore(last) ? last : entry.at();
        first = entries == 1 ? last : first;
        forget();
        if (!isAbort(entry)) {
            overdue(index);
        }
        if (running.isEmpty() && !(entry instanceof Start) && !isAbort(entry)) {
            problem(index, "%s of a process that never started".formatted(EntryCodec.type(entry)));
            running = Optional.of(""); // said once, not for each entry
        }
        switch (entry) {
            case Attempt attempt -> attempt(index, attempt);
            case Outcome outcome -> outcome(index, outcome);
            case Start start -> start(index, start);
            case Stop stop -> stop(index, stop);
            case RouteAround it -> {
                named(index, "ROUTE_AROUND", it.attempt());
                named(index, "ROUTE_AROUND", it.refused());
            }
            case Review it -> named(index, "REVIEW", it.attempt());
            case Appeal it -> named(index, "APPEAL", it.attempt());
            case io.demur.record.entry.Report it -> {
                it.attempt().ifPresent(id -> named(index, "REPORT", id));
                // its words are kept, and read, like those of an attempt of the same number
                used.putIfAbsent(UUID.fromString(it.id().substring("case_".length())), last);
            }
            case Feedback it -> named(index, "FEEDBACK", it.attempt());
            case Access it -> named(index, "ACCESS", it.attempt());
            case StageSeen it -> it.attempt().ifPresent(id -> named(index, "STAGE", id));
            case DrillRun it -> it.attempt().ifPresent(id -> named(index, "DRILL", id));
            case PolicyChange it -> {}
            case Erase it -> {}
            case KeyChange it -> {}
            case AccessChange it -> {}
            case Unknown it -> unknown++;
        }
    }

    /**
     * What was found up to here.
     *
     * @param alive whether a process may be writing to the log now: then attempts may be open
     */
    public Report report(boolean alive) {
        if (!alive) {
            open.forEach(
                    (id, at) -> problem("the ATTEMPT `%s` has no OUTCOME".formatted(name(id))));
        }
        Instant now = clock.instant();
        if (last.isAfter(now.plus(Trail.AHEAD_MAX))) {
            note(
                    "the last entry is of %s, and the clock shows %s: one of the two clocks is or"
                                    .formatted(last, now)
                            + " was wrong");
        }
        return new Report(
                entries,
                attempts,
                outcomes,
                open.size(),
                crashes,
                unknown,
                problems,
                problemsCounted,
                notes,
                notesCounted);
    }

    private static boolean isAbort(Entry entry) {
        return entry instanceof Outcome outcome && outcome.result() == Outcome.Result.ABORT;
    }

    private void attempt(long index, Attempt attempt) {
        attempts++;
        String id = attempt.id();
        UUID uuid = uuid(id);
        if (used.containsKey(uuid) || open.containsKey(uuid)) {
            problem(index, "a second ATTEMPT `%s`".formatted(id));
            return;
        }
        Duration before = Duration.between(Ids.timeOf(id), attempt.at());
        if (before.compareTo(FORGOTTEN_AFTER) > 0) {
            problem(
                    index,
                    "the id `%s` was made %d minutes before its ATTEMPT, and may have been used"
                            .concat(" then")
                            .formatted(id, before.toMinutes()));
        } else if (before.abs().compareTo(NEAR) > 0) {
            note(index, "the id `%s` was not made when its ATTEMPT was".formatted(id));
        }
        used.put(uuid, last);
        open.put(uuid, last);
    }

    private void outcome(long index, Outcome outcome) {
        outcomes++;
        String id = outcome.attempt();
        if (open.remove(uuid(id)) == null) {
            String what =
                    used.containsKey(uuid(id))
                            ? "a second OUTCOME of `%s`"
                            : "an OUTCOME of `%s`, which is no attempt that is open";
            problem(index, what.formatted(id));
        }
    }

    private void start(long index, Start start) {
        if (running.isPresent()) {
            crashes++;
        }
        allClosed(index, "START");
        running = Optional.of(start.program());
    }

    private void stop(long index, Stop stop) {
        allClosed(index, "STOP");
        if (running.isPresent() && !running.get().isEmpty()) {
            String started = running.get();
            if (!started.equals(stop.program())) {
                problem(
                        index,
                        "STOP of `%s`, where `%s` had started".formatted(stop.program(), started));
            }
        }
        running = Optional.empty();
    }

    private void allClosed(long index, String where) {
        open.keySet()
                .forEach(id -> problem(index, "%s while `%s` is open".formatted(where, name(id))));
        open.clear();
    }

    /** Attempts that should have been closed before this entry. */
    private void overdue(long index) {
        Iterator<Map.Entry<UUID, Instant>> oldest = open.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<UUID, Instant> attempt = oldest.next();
            if (!attempt.getValue().isBefore(last.minus(openMax))) {
                break;
            }
            problem(
                    index,
                    "the ATTEMPT `%s` is open for more than %d minutes"
                            .formatted(name(attempt.getKey()), openMax.toMinutes()));
            oldest.remove();
        }
    }

    private void forget() {
        Iterator<Instant> times = used.values().iterator();
        while (times.hasNext() && times.next().isBefore(last.minus(FORGOTTEN_AFTER))) {
            times.remove();
        }
    }

    /** An entry that names an attempt. One that is not remembered may have been long ago. */
    private void named(long index, String type, String id) {
        Instant made = Ids.timeOf(id);
        boolean lately = made.isAfter(last.minus(NEAR)) && !last.minus(NEAR).isBefore(first);
        boolean never = made.isAfter(last.plus(NEAR)) || made.isBefore(first.minus(NEAR));
        UUID uuid = uuid(id);
        if (!used.containsKey(uuid) && !open.containsKey(uuid) && (never || lately)) {
            note(index, "%s names `%s`, which is not in this log".formatted(type, id));
        }
    }

    private void problem(long index, String sentence) {
        problem("entry %d: %s".formatted(index, sentence));
    }

    private void problem(String sentence) {
        problemsCounted++;
        if (problems.size() < SAID_MAX) {
            problems.add(sentence);
        }
    }

    private void note(long index, String sentence) {
        note("entry %d: %s".formatted(index, sentence));
    }

    private void note(String sentence) {
        notesCounted++;
        if (notes.size() < SAID_MAX) {
            notes.add(sentence);
        }
    }

    /** An attempt's id in 16 bytes: millions of them are remembered. */
    private static UUID uuid(String id) {
        return UUID.fromString(id.substring(PREFIX.length()));
    }

    private static String name(UUID id) {
        return PREFIX + id;
    }
}
