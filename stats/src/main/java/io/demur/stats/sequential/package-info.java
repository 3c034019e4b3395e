/**
 * What may be looked at after every observation: evidence that a rate has changed, and intervals
 * that hold at all times at once.
 *
 * <p>Open {@link io.demur.stats.sequential.RateProcess} for evidence that a rate has left a known
 * one, {@link io.demur.stats.sequential.BaselineProcess} where that one was itself counted, {@link
 * io.demur.stats.sequential.GapProcess} for the gap between two raters of the same things, {@link
 * io.demur.stats.sequential.Cusum} for the fast alarm that goes off by chance at a stated interval,
 * {@link io.demur.stats.sequential.ConfidenceSequence} for the band around a rate, and {@link
 * io.demur.stats.sequential.Delay} for how long all that takes.
 *
 * <p>States are immutable values of bounded size: store their components, construct them anew,
 * continue with {@code next}.
 */
@NullMarked
package io.demur.stats.sequential;

import org.jspecify.annotations.NullMarked;
