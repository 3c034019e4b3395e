package io.demur.cli;

import io.demur.desk.Ledger;
import io.demur.desk.MonthlyReport;
import io.demur.desk.MonthlyReport.Drilled;
import io.demur.desk.MonthlyReport.Looks;
import io.demur.desk.MonthlyReport.Waiting;
import io.demur.desk.Service;
import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.entry.DrillRun;
import io.demur.record.policy.Event;
import io.demur.store.Cases;
import io.demur.store.DrillHistory;
import io.demur.store.HeldRequests;
import io.demur.store.KeptBackRows;
import io.demur.store.KeptBackRows.KeptBack;
import io.demur.store.LedgerRows;
import io.demur.store.LedgerRows.Axis;
import io.demur.store.LedgerRows.Window;
import io.demur.store.PeopleHistory;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;
import io.demur.store.Store;
import io.demur.store.StoreFailed;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What refusing costs in one installation, put together from its store and its log. */
final class Ledgers {

    /** More than anybody looks through. */
    private static final int CASES_MAX = 1_000_000;

    private final Store store;
    private final String origin;
    private final InstantSource clock;
    private final LedgerRows rows;

    Ledgers(Store store, String origin, InstantSource clock) {
        this.store = store;
        this.origin = origin;
        this.clock = clock;
        rows = new LedgerRows(store, origin);
    }

    Ledger read(Window window, Set<Axis> axes) throws StoreFailed {
        return Ledger.read(rows, window, axes);
    }

    List<KeptBack> keptBack(Window window) throws StoreFailed {
        return new KeptBackRows(store, origin).read(window);
    }

    /** The drills of a time, as far as the log has been published. */
    List<DrillRun> drills(Window window, LogReader log, long next, long size)
            throws StoreFailed, IOException, Malformed {
        return Drilled.within(new DrillHistory(store, origin).all(log, next, size), window);
    }

    /**
     * A month's report.
     *
     * @param drills of the month
     * @param history all that the policy went through
     */
    MonthlyReport report(YearMonth month, List<DrillRun> drills, List<Event> history)
            throws StoreFailed {
        Instant now = clock.instant();
        Window window = MonthlyReport.window(month);
        return new MonthlyReport(
                month,
                origin,
                now,
                read(window, EnumSet.copyOf(MonthlyReport.AXES)),
                Looks.of(new PeopleHistory(store, origin).looks(window), window),
                Waiting.of(
                        new Cases(store, clock)
                                .all(EnumSet.allOf(Kind.class), State.UNDECIDED, CASES_MAX),
                        new HeldRequests(store, clock).all(true),
                        Service.USUAL,
                        now),
                Drilled.of(drills, window),
                MonthlyReport.within(history, window));
    }
}
