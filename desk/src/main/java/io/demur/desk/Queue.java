package io.demur.desk;

import io.demur.record.keys.Pseudonyms;
import io.demur.store.CaseChoice;
import io.demur.store.CaseFilter;
import io.demur.store.Cases;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What waits for people, of every kind, the one that is due first first. Who may decide what is
 * enforced here; that nothing is decided twice, in the store. Safe for use by several threads, none
 * of them virtual.
 */
public final class Queue {

    /** How long a case is somebody's who took it. */
    public static final Duration CLAIM = Duration.ofMinutes(30);

    /** Of the decisions so many are looked at again by another person. */
    public static final double SECOND_SHARE = 0.05;

    /** So many cases of the hazards that wear people out does one person see in a day. */
    public static final int WEARING_MAX = 60;

    /** How many are looked through for the next: beyond these somebody has to decide first. */
    private static final int LOOKED_THROUGH = 2_000;

    private final Cases cases;
    private final Rules rules;
    private final Service service;
    private final InstantSource clock;

    /** The usual queue. */
    public Queue(Cases cases, Pseudonyms key, InstantSource clock) {
        this(cases, key, clock, SECOND_SHARE, WEARING_MAX);
    }

    /**
     * A queue.
     *
     * @param key by which lots are drawn
     * @param secondShare of the decisions are looked at again, 0 to 1
     * @param wearingMax so many cases of the hazards that wear people out does one see in a day
     */
    public Queue(
            Cases cases, Pseudonyms key, InstantSource clock, double secondShare, int wearingMax) {
        this.cases = cases;
        rules = new Rules(cases, new Lot(key), secondShare, wearingMax);
        service = Service.USUAL;
        this.clock = clock;
    }

    /**
     * What of the queue is asked for.
     *
     * @param mine only what this reviewer is at work on
     * @param late only what should have been decided by now
     */
    public record Filter(
            Set<Kind> kinds,
            Set<State> states,
            Optional<String> mine,
            boolean late,
            Optional<String> hazard,
            Optional<String> project) {

        /** All that nobody has decided. */
        public static final Filter WAITING =
                new Filter(
                        EnumSet.allOf(Kind.class),
                        State.UNDECIDED,
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty());

        public Filter {
            // whoever could ask for one of the two alone would know which is which
            kinds = kinds.isEmpty() ? EnumSet.noneOf(Kind.class) : EnumSet.copyOf(kinds);
            if (kinds.contains(Kind.SAMPLE) || kinds.contains(Kind.SEEDED)) {
                kinds.addAll(EnumSet.of(Kind.SAMPLE, Kind.SEEDED));
            }
            states = states.isEmpty() ? Set.of() : EnumSet.copyOf(states);
        }

        private CaseFilter at(Instant now) {
            return new CaseFilter(
                    kinds,
                    states,
                    mine,
                    late ? Optional.of(now) : Optional.empty(),
                    hazard,
                    project);
        }
    }

    /** What waits, the one that is due first first. */
    public List<ReviewCase> list(Filter filter, int max) throws StoreFailed {
        cases.gather(service.of(Kind.HOLD));
        return cases.all(filter.at(now()), max);
    }

    /** One case. */
    public ReviewCase find(String id) throws StoreFailed, StoreRefused {
        cases.gather(service.of(Kind.HOLD));
        return cases.find(id)
                .orElseThrow(() -> new StoreRefused("there is no case `%s`".formatted(id)));
    }

    /**
     * What somebody gets to decide.
     *
     * @param claimed theirs now; nothing where nothing waits that they may decide
     * @param spared how many were passed over because they have seen enough of their kind today
     */
    public record Next(Optional<ReviewCase> claimed, int spared) {}

    /** Takes the case that is due first of those that somebody may decide. */
    public Next next(String reviewer) throws StoreFailed {
        Instant now = now();
        cases.gather(service.of(Kind.HOLD));
        boolean wornOut = rules.isWornOut(reviewer, now);
        int spared = 0;
        for (ReviewCase each :
                cases.all(EnumSet.allOf(Kind.class), State.UNDECIDED, LOOKED_THROUGH)) {
            boolean mine = isWith(each, reviewer, now);
            boolean taken = !isFree(each, now) && !mine;
            if (taken || rules.objection(each, reviewer).isPresent()) {
                continue;
            }
            if (wornOut && Rules.isWearing(each) && !mine) {
                spared++;
                continue;
            }
            try {
                return new Next(
                        Optional.of(cases.claim(each.id(), each.version(), reviewer, CLAIM)),
                        spared);
            } catch (StoreRefused e) {
                // somebody else was quicker: then the one after it
            }
        }
        return new Next(Optional.empty(), spared);
    }

    /**
     * Takes a case.
     *
     * @throws StoreRefused where somebody else has it, it is decided, or this person may not decide
     *     it
     */
    public ReviewCase claim(String id, String reviewer) throws StoreFailed, StoreRefused {
        Instant now = now();
        ReviewCase it = allowed(id, reviewer);
        if (Rules.isWearing(it) && !isWith(it, reviewer, now) && rules.isWornOut(reviewer, now)) {
            throw new StoreRefused(
                    "`%s` has seen `%d` cases of such hazards within a day, which is enough"
                            .formatted(reviewer, rules.wearingMax()));
        }
        return cases.claim(id, it.version(), reviewer, CLAIM);
    }

    /** Lets others have a case. */
    public ReviewCase release(String id, String reviewer) throws StoreFailed, StoreRefused {
        return cases.release(id, reviewer);
    }

    /**
     * Decides a case.
     *
     * @param version of the case as they saw it; nothing where they have it
     * @throws StoreRefused where it is decided, somebody else has it, it has changed, this person
     *     may not decide it, or what they say is nothing that can be said of it
     */
    public ReviewCase decide(String id, Optional<Long> version, String reviewer, Choice choice)
            throws StoreFailed, StoreRefused {
        Instant now = now();
        ReviewCase it = allowed(id, reviewer);
        if (version.isEmpty() && State.UNDECIDED.contains(it.state()) && isFree(it, now)) {
            throw new StoreRefused(
                    "`%s` is not with `%s`: it is claimed first, or its version is said"
                            .formatted(id, reviewer));
        }
        Rules.check(it, choice);
        State next = rules.next(it, choice);
        return cases.decide(
                new CaseChoice(
                        id,
                        version.orElse(it.version()),
                        reviewer,
                        choice.decision(),
                        choice.reason(),
                        choice.acceptable(),
                        choice.severity(),
                        next,
                        choice.valid()),
                next == State.DECIDED
                        ? Answers.of(it, reviewer, choice.decision(), choice.reason(), now)
                        : List.of());
    }

    /**
     * Sees to it that nobody reads what is said about them.
     *
     * @throws StoreRefused where a case is about a request of this person's
     */
    public void notOwn(String id, String reader) throws StoreFailed, StoreRefused {
        Optional<String> objection = rules.own(find(id), reader);
        if (objection.isPresent()) {
            throw new StoreRefused(objection.get());
        }
    }

    private ReviewCase allowed(String id, String reviewer) throws StoreFailed, StoreRefused {
        ReviewCase it = find(id);
        Optional<String> objection =
                State.UNDECIDED.contains(it.state())
                        ? rules.objection(it, reviewer)
                        : Optional.empty();
        if (objection.isPresent()) {
            throw new StoreRefused(objection.get());
        }
        return it;
    }

    private static boolean isFree(ReviewCase it, Instant now) {
        return it.claim().filter(claim -> claim.until().isAfter(now)).isEmpty();
    }

    private static boolean isWith(ReviewCase it, String reviewer, Instant now) {
        return it.claim()
                .filter(claim -> claim.until().isAfter(now) && claim.reviewer().equals(reviewer))
                .isPresent();
    }

    /** How it stands with the queue, and with what was decided since then. */
    public Statistics statistics(Instant since) throws StoreFailed {
        cases.gather(service.of(Kind.HOLD));
        return Statistics.of(
                cases.all(EnumSet.allOf(Kind.class), State.UNDECIDED, Integer.MAX_VALUE),
                cases.said(since),
                since,
                now());
    }

    /** What was decided, as labels of exchanges, the one that was due first first. */
    public List<Label> labels() throws StoreFailed {
        return cases
                .all(EnumSet.allOf(Kind.class), EnumSet.of(State.DECIDED), Integer.MAX_VALUE)
                .stream()
                .flatMap(it -> Label.of(it).stream())
                .toList();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
