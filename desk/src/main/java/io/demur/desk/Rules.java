package io.demur.desk;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.store.Cases;
import io.demur.store.HeldRequests;
import io.demur.store.Involved;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who may decide what, and what they have to say. */
final class Rules {

    /** What wears people out who look at much of it. */
    static final Set<Hazard> WEARING =
            Set.of(
                    Hazard.CHILD_SEXUAL_EXPLOITATION,
                    Hazard.VIOLENT_CRIMES,
                    Hazard.SUICIDE_AND_SELF_HARM,
                    Hazard.SEX_RELATED_CRIMES,
                    Hazard.HATE);

    private static final Duration DAY = Duration.ofDays(1);
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9._:/-]{0,99}");

    /** Reasons that begin so decide of what is proposed to be asked again, and of nothing here. */
    private static final String PRACTICE = "practice/";

    private static final String SECOND = "second look";
    private static final Involved NOBODY = new Involved(Optional.empty(), Set.of());

    private final Cases cases;
    private final Lot lot;
    private final double secondShare;
    private final int wearingMax;

    Rules(Cases cases, Lot lot, double secondShare, int wearingMax) {
        this.cases = cases;
        this.lot = lot;
        this.secondShare = secondShare;
        this.wearingMax = wearingMax;
    }

    /** Whether a case is of what wears people out. */
    static boolean isWearing(ReviewCase it) {
        return it.hazard()
                .filter(
                        name ->
                                WEARING.stream()
                                        .anyMatch(
                                                each ->
                                                        each.name()
                                                                .toLowerCase(Locale.ROOT)
                                                                .equals(name)))
                .isPresent();
    }

    /** Whether somebody has seen as much of that within a day as anybody should. */
    boolean isWornOut(String reviewer, Instant now) throws StoreFailed {
        return cases.seenBy(reviewer, now.minus(DAY)).stream().filter(Rules::isWearing).count()
                >= wearingMax;
    }

    int wearingMax() {
        return wearingMax;
    }

    /**
     * Why somebody may not look at a case.
     *
     * @return nothing where they may
     */
    Optional<String> objection(ReviewCase it, String reviewer) throws StoreFailed {
        Optional<String> own = own(it, reviewer);
        if (own.isPresent()) {
            return own;
        }
        if (it.said().stream().anyMatch(said -> said.reviewer().equals(reviewer))) {
            return Optional.of(
                    "`%s` was looked at by `%s`: the second look is another person's"
                            .formatted(it.id(), reviewer));
        }
        boolean answers = it.kind() == Kind.APPEAL || it.kind() == Kind.REPORT;
        if (answers && involved(it).decided().contains(reviewer)) {
            return Optional.of(
                    "`%s` is about what `%s` decided: another person answers it"
                            .formatted(it.id(), reviewer));
        }
        return Optional.empty();
    }

    /** Why a case is nobody's who is this: it is about what they have asked themselves. */
    Optional<String> own(ReviewCase it, String who) throws StoreFailed {
        // a report's subject is its own: whoever asked what it is about does not look at it either
        if (it.subject().filter(who::equals).isPresent()
                || involved(it).asked().filter(who::equals).isPresent()) {
            return Optional.of(
                    "`%s` is about a request of `%s`: nobody reviews their own"
                            .formatted(it.id(), who));
        }
        return Optional.empty();
    }

    private Involved involved(ReviewCase it) throws StoreFailed {
        return it.attempt().isPresent() ? cases.involved(it.attempt().get()) : NOBODY;
    }

    /** Checks that a choice is one that a case of its kind can have. */
    static void check(ReviewCase it, Choice choice) throws StoreRefused {
        List<String> words =
                it.kind() == Kind.HOLD
                        ? List.of("release", "refuse")
                        : List.of("confirm", "overturn");
        if (!words.contains(choice.decision())) {
            throw new StoreRefused(
                    "`%s` is not decided by `%s`: `%s` and `%s` are what can be said of it"
                            .formatted(it.id(), choice.decision(), words.get(0), words.get(1)));
        }
        if (!CODE.matcher(choice.reason()).matches() || choice.reason().startsWith(PRACTICE)) {
            throw new StoreRefused(
                    ("reason `%s` is not a code of a-z, 0-9 and ._:/- that begins otherwise than"
                                    + " `%s`")
                            .formatted(choice.reason(), PRACTICE));
        }
        if (it.kind() == Kind.INCIDENT && choice.acceptable().isEmpty()) {
            throw new StoreRefused(
                    "`%s` is an incident: say also whether what was asked is acceptable here"
                            .formatted(it.id()));
        }
        boolean released = choice.decision().equals("release");
        if (released
                && (!choice.valid().isPositive()
                        || choice.valid().compareTo(HeldRequests.VALID_MAX) > 0)) {
            throw new StoreRefused(
                    "a release is good for more than nothing and at most %s days, not for `%s`"
                            .formatted(HeldRequests.VALID_MAX.toDays(), choice.valid()));
        }
    }

    /**
     * Whether another person is to look again: at a share that is drawn, and wherever something
     * serious was done wrong. What is held has somebody waiting, and is decided once.
     */
    State next(ReviewCase it, Choice choice) {
        boolean first = it.state() == State.OPEN && it.kind() != Kind.HOLD;
        boolean serious =
                choice.decision().equals("overturn")
                        && choice.severity()
                                .filter(found -> found.compareTo(Severity.SERIOUS) >= 0)
                                .isPresent();
        return first && (serious || lot.isOn(SECOND, it.id(), secondShare))
                ? State.SECOND
                : State.DECIDED;
    }
}
