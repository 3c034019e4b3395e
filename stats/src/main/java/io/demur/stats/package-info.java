/**
 * Estimates with intervals, comparisons of runs, curves, and agreement between raters. Knows no
 * refusals. {@code docs/reference/statistics.md} has each formula under a heading.
 *
 * <p>Open {@link io.demur.stats.ClusteredCounts} for rates from answers that share prompts, {@link
 * io.demur.stats.ClopperPearson} where a guarantee is claimed, {@link io.demur.stats.RoganGladen}
 * and {@link io.demur.stats.PredictionPowered} for rates from a judge that errs, {@link
 * io.demur.stats.Reliability} and {@link io.demur.stats.RiskBand} for probabilities and what may be
 * decided by them, {@link io.demur.stats.Roc} for ranking, and {@link io.demur.stats.Confusion} and
 * {@link io.demur.stats.RaterAgreement} for agreement.
 *
 * <p>Two runs over the same cases: {@link io.demur.stats.PairedCounts} and {@link
 * io.demur.stats.Newcombe}; with several answers to a case, or cases that depend on each other,
 * {@link io.demur.stats.PairedAnswers}; before they are run {@link io.demur.stats.PairedPower}. Two
 * rates that belong together: {@link io.demur.stats.TwoRates}. Along a scale {@link
 * io.demur.stats.Psychometric}, over turns {@link io.demur.stats.Survival}.
 */
@NullMarked
package io.demur.stats;

import org.jspecify.annotations.NullMarked;
