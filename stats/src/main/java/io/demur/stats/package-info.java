/**
 * Estimates with intervals, and agreement between two raters. Knows no refusals.
 *
 * <p>Open {@link io.demur.stats.ClusteredCounts} for rates from answers that share prompts, and
 * {@link io.demur.stats.Confusion} for agreement.
 */
@NullMarked
package io.demur.stats;

import org.jspecify.annotations.NullMarked;
