package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.CASE_DECISION;
import static io.demur.store.Tables.CASE_LOOK;
import static io.demur.store.Tables.CLAIMANT;
import static io.demur.store.Tables.CLAIMED;
import static io.demur.store.Tables.CREATED;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.KIND;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.REVIEWER;
import static io.demur.store.Tables.REVIEW_CASE;
import static io.demur.store.Tables.STATE;
import static io.demur.store.Tables.VERSION;

import io.demur.record.entry.Entry;
import io.demur.record.entry.Review;
import io.demur.store.ReviewCase.Claim;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.Said;
import io.demur.store.ReviewCase.State;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The cases that people look at. What is decided is in the same transaction as the entry about it,
 * which waits for whoever has the log. Of two people who want the same case at the same moment one
 * has it, and the other is told who. Safe for use by several threads and processes.
 */
public final class Cases implements Pending {

    private final Store store;
    private final InstantSource clock;
    private final PendingEntries entries;
    private final HeldRequests held;

    public Cases(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        entries = new PendingEntries(store, clock);
        held = new HeldRequests(store, clock);
    }

    /**
     * Opens one, with the entries that tell of it. It is on disk when this returns.
     *
     * @return whether it was opened; not where one of its id is there
     */
    public boolean open(ReviewCase opened, List<Entry> telling) throws StoreFailed {
        return store.<Boolean>change(db -> open(db, entries, opened, telling));
    }

    /** The same within somebody's transaction. */
    static boolean open(
            DSLContext db, PendingEntries entries, ReviewCase opened, List<Entry> telling) {
        boolean made = CaseRows.insert(db, opened);
        if (made) {
            int nr = 0;
            for (Entry entry : telling) {
                entries.add(db, "%s-%d".formatted(opened.id(), nr++), entry);
            }
        }
        return made;
    }

    /**
     * Sees to it that what is held is among the cases, and what waits no more is not.
     *
     * @param service how long after it was asked a held request is due
     */
    public void gather(Duration service) throws StoreFailed {
        long now = Micros.of(now());
        if (store.<Boolean>read(db -> HeldCases.behind(db, now))) {
            int changed = store.change(db -> HeldCases.gather(db, now, service));
            assert changed >= 0;
        }
    }

    /** One of them. */
    public Optional<ReviewCase> find(String id) throws StoreFailed {
        return store.read(db -> CaseRows.find(db, id));
    }

    /** Those about an exchange, the one that is due first first. */
    public List<ReviewCase> about(String attempt) throws StoreFailed {
        return store.read(db -> CaseRows.all(db, ATTEMPT.eq(attempt), Integer.MAX_VALUE));
    }

    /** Who has had part in an exchange. */
    public Involved involved(String attempt) throws StoreFailed {
        return store.read(db -> Involved.of(db, attempt));
    }

    /**
     * Those of some kinds and states, the one that is due first first.
     *
     * @param max so many at most
     */
    public List<ReviewCase> all(Set<Kind> kinds, Set<State> states, int max) throws StoreFailed {
        return all(CaseFilter.of(kinds, states), max);
    }

    /**
     * Those that are meant, the one that is due first first.
     *
     * @param max so many at most
     */
    public List<ReviewCase> all(CaseFilter which, int max) throws StoreFailed {
        Instant now = now();
        return store.read(db -> CaseRows.all(db, which.condition(now), max));
    }

    /** Those of which anybody has decided anything since then, the one that was due first first. */
    public List<ReviewCase> said(Instant since) throws StoreFailed {
        return store.read(
                db ->
                        CaseRows.all(
                                db,
                                ID.in(
                                        DSL.select(ID)
                                                .from(CASE_DECISION)
                                                .where(MICROS.ge(Micros.of(since)))),
                                Integer.MAX_VALUE));
    }

    /** Those that somebody has taken or decided since then, whatever became of them. */
    public List<ReviewCase> seenBy(String reviewer, Instant since) throws StoreFailed {
        Condition theirs = REVIEWER.eq(reviewer).and(MICROS.ge(Micros.of(since)));
        Condition decided = ID.in(DSL.select(ID).from(CASE_DECISION).where(theirs));
        Condition taken = ID.in(DSL.select(ID).from(CASE_LOOK).where(theirs));
        return store.read(db -> CaseRows.all(db, decided.or(taken), Integer.MAX_VALUE));
    }

    /** How many of some kinds were opened since then. */
    public int opened(Set<Kind> kinds, Instant since) throws StoreFailed {
        return store.<Integer>read(
                db ->
                        db.fetchCount(
                                db.selectFrom(REVIEW_CASE)
                                        .where(kinds(kinds), CREATED.ge(Micros.of(since)))));
    }

    private static Condition kinds(Set<Kind> kinds) {
        return KIND.in(kinds.stream().map(Enum::name).toList());
    }

    /**
     * Takes a case for a time, so that nobody else begins with it. Who has it already has it for
     * longer.
     *
     * @param version of the case as they saw it
     * @return the case as it is now
     * @throws StoreRefused where somebody else has it, it has changed, or it is decided
     */
    public ReviewCase claim(String id, long version, String reviewer, Duration length)
            throws StoreFailed, StoreRefused {
        Instant now = now();
        return store.write(
                db -> {
                    ReviewCase there = undecided(db, id, reviewer, now);
                    boolean mine = there.claim().filter(it -> isLive(it, now)).isPresent();
                    if (!mine) {
                        unchanged(there, version);
                        notTheirs(there, reviewer);
                    }
                    CaseRows.look(db, id, reviewer, now);
                    return changed(
                            db,
                            there,
                            there.state(),
                            Optional.of(new Claim(reviewer, now.plus(length))));
                });
    }

    /**
     * Lets others have a case.
     *
     * @throws StoreRefused where somebody else has it, or it is decided
     */
    public ReviewCase release(String id, String reviewer) throws StoreFailed, StoreRefused {
        Instant now = now();
        return store.write(
                db -> {
                    ReviewCase there = undecided(db, id, reviewer, now);
                    return there.claim().isEmpty()
                            ? there
                            : changed(db, there, there.state(), Optional.empty());
                });
    }

    /**
     * Decides a case: what was decided, what becomes of the case, and the entries about it are one
     * transaction.
     *
     * @param telling entries beside the REVIEW entry, in which an appeal or a report is answered
     * @return the case as it is now
     * @throws StoreRefused where somebody else has it, it has changed, it is decided, or its second
     *     look would be that of who looked first
     */
    public ReviewCase decide(CaseChoice choice, List<Entry> telling)
            throws StoreFailed, StoreRefused {
        return store.write(decision(choice, now(), telling));
    }

    /** What is decided, as the writer does it; the second time changes nothing. */
    Work<ReviewCase> decision(CaseChoice choice, Instant at, List<Entry> telling) {
        return db -> {
            ReviewCase seen = found(db, choice.id());
            if (!seen.said().isEmpty() && isSame(seen.said().getLast(), choice.said(at))) {
                return seen; // a commit that nobody answered was made all the same
            }
            ReviewCase there = undecided(db, choice.id(), choice.reviewer(), at);
            unchanged(there, choice.version());
            notTheirs(there, choice.reviewer());
            if (there.state() == State.SECOND && choice.next() == State.SECOND) {
                throw new StoreRefused("`%s` has had its second look".formatted(there.id()));
            }
            return there.kind() == Kind.HOLD
                    ? ofHold(db, there, choice, at)
                    : said(db, there, choice, at, telling);
        };
    }

    private static boolean isSame(Said done, Said said) {
        return done.reviewer().equals(said.reviewer())
                && done.decision().equals(said.decision())
                && done.reason().equals(said.reason())
                && done.at().equals(said.at());
    }

    private ReviewCase said(
            DSLContext db, ReviewCase there, CaseChoice choice, Instant at, List<Entry> telling)
            throws StoreRefused {
        int nr = there.said().size();
        // first: whoever comes second at the same moment waits here, and is told
        ReviewCase next = changed(db, there, choice.next(), Optional.empty());
        assert next.version() > there.version();
        CaseRows.say(db, there.id(), nr, choice.said(at));
        if (next.state() == State.DECIDED
                && there.kind() == Kind.APPEAL
                && choice.decision().equals("overturn")) {
            HeldCases.reopen(db, entries, there.attempt().orElseThrow(), choice, at);
        }
        List<Entry> all = new ArrayList<>();
        // what has no exchange, and what is known already, is no review of anything
        there.attempt()
                .filter(attempt -> there.kind() != Kind.SEEDED)
                .ifPresent(attempt -> all.add(review(there, attempt, choice, at)));
        all.addAll(telling);
        for (int i = 0; i < all.size(); i++) {
            entries.add(db, "%s-said-%d-%d".formatted(there.id(), nr, i), all.get(i));
        }
        return found(db, there.id());
    }

    private static Review review(ReviewCase there, String attempt, CaseChoice choice, Instant at) {
        return new Review(
                at,
                there.id(),
                attempt,
                choice.reviewer(),
                choice.decision(),
                choice.reason(),
                there.state() == State.SECOND,
                choice.acceptable(),
                choice.severity());
    }

    private ReviewCase ofHold(DSLContext db, ReviewCase there, CaseChoice choice, Instant at)
            throws StoreRefused, StoreFailed {
        ReviewCase next = changed(db, there, State.DECIDED, Optional.empty());
        assert next.version() > there.version();
        boolean released = choice.decision().equals("release");
        int decided =
                held.decision(
                                there.attempt().orElseThrow(),
                                new HeldRequests.By(choice.reviewer(), choice.reason()),
                                at,
                                released ? HeldRequest.State.RELEASING : HeldRequest.State.REFUSED,
                                released ? Optional.of(at.plus(choice.valid())) : Optional.empty())
                        .in(db);
        assert decided == 1;
        return found(db, there.id());
    }

    private static ReviewCase found(DSLContext db, String id) throws StoreRefused {
        return CaseRows.find(db, id)
                .orElseThrow(
                        () ->
                                new StoreRefused(
                                        "there is no case `%s`; `demur review list` has them"
                                                .formatted(id)));
    }

    /** One that somebody may still decide, and nobody else is at work on. */
    private static ReviewCase undecided(DSLContext db, String id, String reviewer, Instant now)
            throws StoreRefused {
        ReviewCase there = found(db, id);
        if (there.state() == State.WITHDRAWN) {
            throw new StoreRefused("`%s` is over: nobody has to decide it any more".formatted(id));
        }
        if (there.state() == State.DECIDED) {
            Said last = there.said().getLast();
            throw new StoreRefused(
                    "`%s` is decided: `%s` by `%s` at `%s`"
                            .formatted(id, last.decision(), last.reviewer(), last.at()));
        }
        Optional<Claim> other =
                there.claim().filter(it -> isLive(it, now) && !it.reviewer().equals(reviewer));
        if (other.isPresent()) {
            throw new StoreRefused(
                    "`%s` is with `%s` until `%s`"
                            .formatted(
                                    id,
                                    other.get().reviewer(),
                                    other.get().until().truncatedTo(ChronoUnit.SECONDS)));
        }
        return there;
    }

    private static boolean isLive(Claim claim, Instant now) {
        return claim.until().isAfter(now);
    }

    private static void unchanged(ReviewCase there, long version) throws StoreRefused {
        if (there.version() != version) {
            throw new StoreRefused(
                    "`%s` has changed: it is version `%d`, and `%d` was seen"
                            .formatted(there.id(), there.version(), version));
        }
    }

    private static void notTheirs(ReviewCase there, String reviewer) throws StoreRefused {
        if (there.said().stream().anyMatch(it -> it.reviewer().equals(reviewer))) {
            throw new StoreRefused(
                    "`%s` was looked at by `%s`: the second look is another person's"
                            .formatted(there.id(), reviewer));
        }
    }

    /** Changes a case that nobody else has changed since it was read. */
    private static ReviewCase changed(
            DSLContext db, ReviewCase there, State next, Optional<Claim> claim)
            throws StoreRefused {
        int changed =
                db.update(REVIEW_CASE)
                        .set(STATE, next.name())
                        .set(VERSION, there.version() + 1)
                        .set(CLAIMANT, claim.map(Claim::reviewer).orElse(null))
                        .set(CLAIMED, claim.map(it -> Micros.of(it.until())).orElse(null))
                        .where(ID.eq(there.id()), VERSION.eq(there.version()))
                        .execute();
        ReviewCase now = CaseRows.find(db, there.id()).orElseThrow();
        if (changed == 0) {
            throw new StoreRefused(
                    now.claim()
                            .map(it -> "`%s` is with `%s`".formatted(now.id(), it.reviewer()))
                            .orElse(
                                    "`%s` has changed: it is version `%d`, and `%d` was seen"
                                            .formatted(now.id(), now.version(), there.version())));
        }
        return now;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public int publish(EntryWriter log) throws StoreFailed, IOException {
        return entries.publish(log);
    }

    @Override
    public int pending() throws StoreFailed {
        return entries.pending();
    }
}
