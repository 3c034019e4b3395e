package io.demur.store;

import static io.demur.store.Tables.CLAIMANT;
import static io.demur.store.Tables.CLAIMED;
import static io.demur.store.Tables.DUE;
import static io.demur.store.Tables.HAZARD;
import static io.demur.store.Tables.KIND;
import static io.demur.store.Tables.PROJECT;
import static io.demur.store.Tables.STATE;

import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;

import org.jooq.Condition;
import org.jooq.impl.DSL;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which cases are meant.
 *
 * @param claimant who is at work on them now
 * @param dueBefore only what was due before then
 */
public record CaseFilter(
        Set<Kind> kinds,
        Set<State> states,
        Optional<String> claimant,
        Optional<Instant> dueBefore,
        Optional<String> hazard,
        Optional<String> project) {

    public CaseFilter {
        kinds = Set.copyOf(kinds);
        states = Set.copyOf(states);
        Objects.requireNonNull(claimant);
        Objects.requireNonNull(dueBefore);
        Objects.requireNonNull(hazard);
        Objects.requireNonNull(project);
    }

    /** Those of some kinds and states. */
    static CaseFilter of(Set<Kind> kinds, Set<State> states) {
        return new CaseFilter(
                kinds,
                states,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    Condition condition(Instant now) {
        return DSL.and(
                KIND.in(kinds.stream().map(Enum::name).sorted().toList()),
                STATE.in(states.stream().map(Enum::name).sorted().toList()),
                claimant.map(it -> CLAIMANT.eq(it).and(CLAIMED.gt(Micros.of(now))))
                        .orElse(DSL.noCondition()),
                dueBefore.map(it -> DUE.lt(Micros.of(it))).orElse(DSL.noCondition()),
                hazard.map(HAZARD::eq).orElse(DSL.noCondition()),
                project.map(PROJECT::eq).orElse(DSL.noCondition()));
    }
}
