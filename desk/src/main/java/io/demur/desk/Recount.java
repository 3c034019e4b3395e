package io.demur.desk;

import static java.util.Objects.requireNonNull;

import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.entry.Appeal;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Feedback;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Report;
import io.demur.record.entry.Review;
import io.demur.record.entry.RouteAround;
import io.demur.store.Ending;
import io.demur.store.LedgerRows;
import io.demur.store.LedgerRows.Axis;
import io.demur.store.LedgerRows.Window;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts the ledger from the entries of a log alone, in one pass and without any table. It shares
 * no code with what counts by tables but the codec and the names of the counts, so that the two
 * agree only where both are right.
 *
 * <p>To be given every entry from the first one on. It holds some 300 bytes for each exchange of
 * the time and of the day after it.
 */
public final class Recount implements LogReader.Visitor {

    private final Window window;
    private final Map<String, Seen> exchanges = new HashMap<>();

    /** All requests of a principal, and of a conversation of theirs, each in the log's order. */
    private final Map<String, List<Seen>> asked = new HashMap<>();

    private final Set<String> drilled = new HashSet<>();
    private final Map<String, String> refusedOf = new HashMap<>();
    private final Set<String> reported = new HashSet<>();
    private final Map<String, Case> cases = new LinkedHashMap<>();
    private Instant end = Instant.EPOCH;
    private long entries;

    /** One exchange, and what has been said of it up to here. */
    private static final class Seen {
        private final Attempt attempt;
        private final boolean inTime;
        private @Nullable Outcome outcome;
        private final Map<String, String> thumbs = new HashMap<>();
        private @Nullable Review look;

        /** The last look that was not at a report: only such a one says of a refusal anything. */
        private @Nullable Review lookAtRefusal;

        private boolean around;
        private boolean left;
        private boolean harmless;
        private boolean byLeave;

        private Seen(Attempt attempt, boolean inTime) {
            this.attempt = attempt;
            this.inTime = inTime;
        }
    }

    /** An appeal. */
    private static final class Case {
        private final String attempt;
        private String state;

        private Case(String attempt, String state) {
            this.attempt = attempt;
            this.state = state;
        }
    }

    /** Counts what lies within a time. */
    public Recount(Window window) {
        this.window = window;
    }

    /** How many entries it was given. */
    public long entries() {
        return entries;
    }

    @Override
    public void entry(long index, byte[] bytes) throws Malformed {
        entries++;
        Entry entry = EntryCodec.read(bytes);
        end = entry.at();
        if (entry instanceof Attempt attempt) {
            begun(attempt);
        } else if (entry instanceof Outcome outcome) {
            Seen seen = exchanges.get(outcome.attempt());
            if (seen != null) {
                seen.outcome = outcome;
            }
        } else if (entry instanceof DrillRun drill) {
            drill.attempt().ifPresent(drilled::add);
        } else if (entry instanceof RouteAround way) {
            refusedOf.put(way.id(), way.refused());
            Seen refused = exchanges.get(way.refused());
            if (refused != null) {
                way(refused, way);
            }
        } else if (entry instanceof Appeal appeal) {
            cases.computeIfAbsent(appeal.id(), id -> new Case(appeal.attempt(), "")).state =
                    appeal.state();
        } else if (entry instanceof Report report) {
            reported.add(report.id());
        } else if (entry instanceof Feedback said) {
            Seen seen = exchanges.get(said.attempt());
            if (seen != null) {
                seen.thumbs.put(said.by(), said.thumb());
            }
        } else if (entry instanceof Review review && !review.reason().startsWith("practice/")) {
            Seen seen = exchanges.get(refusedOf.getOrDefault(review.id(), review.attempt()));
            if (seen != null) {
                seen.look = review;
                if (!reported.contains(review.id())) {
                    seen.lookAtRefusal = review;
                }
            }
        }
    }

    private void begun(Attempt attempt) {
        if (attempt.at().isBefore(window.since())
                || attempt.at().isAfter(window.until().plus(LedgerRows.AGAIN_WITHIN))) {
            return;
        }
        Seen seen = new Seen(attempt, attempt.at().isBefore(window.until()));
        if (exchanges.putIfAbsent(attempt.id(), seen) == null) {
            asked.computeIfAbsent(attempt.principal(), who -> new ArrayList<>()).add(seen);
            attempt.conversation()
                    .ifPresent(
                            it ->
                                    asked.computeIfAbsent(
                                                    attempt.principal() + "\n" + it,
                                                    who -> new ArrayList<>())
                                            .add(seen));
        }
    }

    private void way(Seen refused, RouteAround way) {
        String kind = way.route().map(RouteAround.Route::kind).orElse("undeclared");
        if (kind.equals("sanctioned") || kind.equals("approved")) {
            refused.byLeave = true;
            return;
        }
        refused.around = true;
        refused.left |= !way.fromClass().equals(way.toClass());
        refused.harmless |= way.route().isPresent() && way.route().get().harmless();
    }

    /** The lines along an axis, in the order of their names, as far as entries were given. */
    public List<Line> lines(Axis axis) {
        Map<String, Sums> sums = new TreeMap<>();
        Set<Seen> back = againWithin(asked, false);
        Set<Seen> there = againWithin(asked, true);
        for (Seen seen : exchanges.values()) {
            if (counts(seen)) {
                sums.computeIfAbsent(name(seen, axis), name -> new Sums())
                        .take(seen, ending(seen), back.contains(seen), there.contains(seen));
            }
        }
        for (Case appeal : cases.values()) {
            Seen seen = exchanges.get(appeal.attempt);
            if (seen != null && counts(seen)) {
                Sums line = requireNonNull(sums.get(name(seen, axis)));
                line.add(Count.APPEALED);
                if (!appeal.state.equals("opened")) {
                    line.add(Count.valueOf(appeal.state.toUpperCase(Locale.ROOT)));
                }
            }
        }
        List<Line> lines = new ArrayList<>();
        sums.forEach((name, sum) -> lines.add(new Line(name, sum.counts, sum.took(), sum.added())));
        return lines;
    }

    private boolean counts(Seen seen) {
        boolean probe =
                seen.outcome != null && seen.outcome.reason().filter("probe"::equals).isPresent();
        return seen.inTime && !probe && !drilled.contains(seen.attempt.id());
    }

    /** Those after which the next request, in the same conversation or any, came in time. */
    private static Set<Seen> againWithin(Map<String, List<Seen>> asked, boolean there) {
        Set<Seen> found = new HashSet<>();
        asked.forEach(
                (whose, all) -> {
                    boolean conversation = whose.contains("\n");
                    for (int i = 0; i + 1 < all.size(); i++) {
                        Seen seen = all.get(i);
                        boolean fits =
                                there
                                        ? conversation == seen.attempt.conversation().isPresent()
                                        : !conversation;
                        Instant last = seen.attempt.at().plus(LedgerRows.AGAIN_WITHIN);
                        if (fits && !all.get(i + 1).attempt.at().isAfter(last)) {
                            found.add(seen);
                        }
                    }
                });
        return found;
    }

    private static Ending ending(Seen seen) {
        Outcome outcome = seen.outcome;
        if (outcome == null) {
            return Ending.OPEN;
        }
        String decision = outcome.decision().orElse("");
        String origin = outcome.origin().map(Enum::name).orElse("");
        return switch (outcome.result()) {
            case ALLOW -> decision.equals("condition") ? Ending.CONDITIONED : Ending.ANSWERED;
            case PARTIAL -> Ending.PARTIAL;
            case REFUSE_LOCAL -> Ending.BY_GATEWAY;
            case REFUSE_UPSTREAM ->
                    origin.equals("PROVIDER") ? Ending.BY_PROVIDER : Ending.BY_MODEL;
            case REVIEW -> Ending.HELD;
            case ERROR, ABORT -> Ending.FAILED;
        };
    }

    private static String name(Seen seen, Axis axis) {
        Attempt attempt = seen.attempt;
        return switch (axis) {
            case TOTAL -> "";
            case CATEGORY ->
                    seen.outcome == null ? "" : seen.outcome.hazard().map(Enum::name).orElse("");
            case PROJECT -> attempt.project().orElse("");
            case MODEL -> attempt.model();
            case CLASS -> attempt.modelClass();
            case POLICY -> attempt.policy().orElse("");
        };
    }

    /** What one line comes to. */
    private final class Sums {
        private final Map<Count, Long> counts = new EnumMap<>(Count.class);
        private final Map<Ending, List<Duration>> took = new EnumMap<>(Ending.class);
        private final List<Duration> added = new ArrayList<>();

        private void add(Count count) {
            counts.merge(count, 1L, Long::sum);
        }

        private void take(Seen seen, Ending ending, boolean back, boolean there) {
            boolean kept =
                    switch (ending) {
                        case HELD, PARTIAL, BY_GATEWAY, BY_PROVIDER, BY_MODEL -> true;
                        case ANSWERED, CONDITIONED, FAILED, OPEN -> false;
                    };
            boolean declined = kept && ending != Ending.HELD && ending != Ending.PARTIAL;
            boolean answered = ending == Ending.ANSWERED || ending == Ending.CONDITIONED;
            add(Count.REQUESTS);
            add(Count.of(ending));
            if (seen.outcome != null) {
                took.computeIfAbsent(ending, it -> new ArrayList<>()).add(seen.outcome.took());
                seen.outcome.added().ifPresent(added::add);
            }
            if (declined && !seen.attempt.at().plus(LedgerRows.AGAIN_WITHIN).isAfter(end)) {
                add(Count.OBSERVED);
                if (back) {
                    add(Count.RETURNED);
                }
                if (!there) {
                    add(Count.ABANDONED);
                }
            }
            if (kept) {
                keptBack(seen);
            }
            for (String thumb : kept || answered ? seen.thumbs.values() : List.<String>of()) {
                String after = kept ? "_AFTER_REFUSAL" : "_AFTER_ANSWER";
                add(Count.valueOf(thumb.toUpperCase(Locale.ROOT) + after));
            }
            Review look = kept ? seen.lookAtRefusal : seen.look;
            if (look != null && (kept || answered)) {
                look(look, kept);
            }
        }

        private void keptBack(Seen seen) {
            if (seen.lookAtRefusal == null) {
                add(Count.NOT_LOOKED_AT);
            }
            if (seen.byLeave) {
                add(Count.WENT_BY_LEAVE);
            }
            if (seen.around) {
                add(Count.ROUTED_AROUND);
            }
            if (seen.left) {
                add(Count.LEFT);
            }
            if (seen.harmless) {
                add(Count.LOOKED_HARMLESS);
            }
        }

        private void look(Review look, boolean kept) {
            add(kept ? Count.REVIEWED : Count.ANSWERS_REVIEWED);
            look.acceptable().ifPresent(it -> add(it ? Count.ACCEPTABLE : Count.UNACCEPTABLE));
            switch (look.decision() + (kept ? " kept" : " answered")) {
                case "confirm kept", "refuse kept" -> {
                    add(Count.CONFIRMED);
                    String severity = look.severity().map(Enum::name).orElse("UNSAID");
                    add(Count.valueOf("PREVENTED_" + severity));
                }
                case "overturn kept", "release kept" -> add(Count.OVERTURNED);
                case "overturn answered", "refuse answered" -> add(Count.ANSWERS_WRONG);
                default -> {} // the answer was right
            }
        }

        private Map<Ending, Line.Spent> took() {
            Map<Ending, Line.Spent> spent = new EnumMap<>(Ending.class);
            took.forEach((ending, all) -> spent.put(ending, spent(all)));
            return spent;
        }

        private Optional<Line.Added> added() {
            if (added.isEmpty()) {
                return Optional.empty();
            }
            Line.Spent spent = spent(added);
            return Optional.of(new Line.Added(added.size(), spent.median(), spent.p95()));
        }

        private static Line.Spent spent(List<Duration> all) {
            List<Duration> sorted = all.stream().sorted().toList();
            int p95 = (int) Math.ceil(sorted.size() * 0.95 - 1e-9);
            return new Line.Spent(sorted.get((sorted.size() - 1) / 2), sorted.get(p95 - 1));
        }
    }

    /**
     * Where a ledger says something else.
     *
     * @return in words; nothing where all of it is the same
     */
    public List<String> differences(Ledger ledger) {
        return new Differences(this, ledger).found();
    }
}
