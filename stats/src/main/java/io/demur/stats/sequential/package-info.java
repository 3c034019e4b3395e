/**
 * What may be looked at after every observation: evidence that a rate has changed, and intervals
 * that hold at all times at once.
 *
 * <p>Open {@link io.demur.stats.sequential.RateShift} for evidence that a rate has changed at some
 * time, {@link io.demur.stats.sequential.GapProcess} for the gap between two raters of the same
 * things, and {@link io.demur.stats.sequential.ConfidenceSequence} for the band around a rate.
 *
 * <p>States are immutable values of bounded size; continue with {@code next}.
 */
@NullMarked
package io.demur.stats.sequential;

import org.jspecify.annotations.NullMarked;
