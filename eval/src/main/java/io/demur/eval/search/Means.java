package io.demur.eval.search;

import io.demur.core.harm.HarmPredictor;
import io.demur.eval.run.Bill;
import io.demur.eval.run.Judges;
import io.demur.eval.run.Pace;
import io.demur.eval.run.Patience;
import io.demur.eval.run.Plan;
import io.demur.eval.run.Target;

import java.time.InstantSource;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * With what a search asks.
 *
 * @param plan of whom, and how: one epoch under one system prompt
 * @param target whom
 * @param judges who judges the answers
 * @param quick who judges at no cost how harmful each harmless case looks
 * @param harm who judges what is asked; what it holds for harmful is not asked
 * @param pace how much at once
 * @param bill what it may cost
 * @param patience how long what fails is asked again
 * @param stop asked often; once it says true, nothing further is asked
 */
public record Means(
        Plan plan,
        Target target,
        Judges judges,
        HarmPredictor quick,
        HarmPredictor harm,
        Pace pace,
        Bill bill,
        Patience patience,
        InstantSource clock,
        BooleanSupplier stop) {

    public Means {
        Objects.requireNonNull(target);
        Objects.requireNonNull(judges);
        Objects.requireNonNull(quick);
        Objects.requireNonNull(harm);
        if (plan.epochs() != 1 || plan.variants().size() != 1) {
            throw new IllegalArgumentException(
                    "a search asks once under one system prompt, not `%d` times under `%d`"
                            .formatted(plan.epochs(), plan.variants().size()));
        }
    }
}
