/**
 * What is measured on a run. Open {@link io.demur.eval.metric.Figure} first, which is what every
 * metric gives, then {@link io.demur.eval.metric.Metrics}, which lists them all: one small class
 * each, whose formula stands in {@code docs/reference/metrics.md}.
 */
@NullMarked
package io.demur.eval.metric;

import org.jspecify.annotations.NullMarked;
