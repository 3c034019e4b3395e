/**
 * Suites asked of models, and what came of it. Open {@link io.demur.eval.run.Run} and {@link
 * io.demur.eval.run.Trial} first for what there is to measure, {@link io.demur.eval.run.Runner} for
 * how it comes about.
 *
 * <p>A run is a file that grows by a line with each trial ({@code docs/reference/runs.md}): {@link
 * io.demur.eval.run.RunReader} reads one, also where it was interrupted.
 */
@NullMarked
package io.demur.eval.run;

import org.jspecify.annotations.NullMarked;
