/**
 * Estimates with intervals, and agreement between two raters. Knows no refusals.
 *
 * <p>Open {@link io.demur.stats.ClusteredCounts} for rates from answers that share prompts, {@link
 * io.demur.stats.RoganGladen} and {@link io.demur.stats.PredictionPowered} for rates from a judge
 * that errs, {@link io.demur.stats.Reliability} and {@link io.demur.stats.RiskBand} for
 * probabilities and what may be decided by them, {@link io.demur.stats.Roc} for ranking, and {@link
 * io.demur.stats.Confusion} for agreement.
 */
@NullMarked
package io.demur.stats;

import org.jspecify.annotations.NullMarked;
