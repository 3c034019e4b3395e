/**
 * Trains the judges and measures them against people. Deterministic to the byte: one thread, fixed
 * seeds, a fixed order of rows.
 *
 * <p>Open {@link io.demur.eval.train.RefusalTraining} and {@link io.demur.eval.train.Accuracy}
 * first.
 */
@NullMarked
package io.demur.eval.train;

import org.jspecify.annotations.NullMarked;
