/**
 * Benchmarks, each with a floor in the same table: {@link io.demur.bench.JudgeBenchmark} for one
 * reply, {@link io.demur.bench.ScoreBenchmark} for the whole program, {@link
 * io.demur.bench.AccuracyBenchmark} for agreement with people. {@code bench/run} starts them.
 */
@NullMarked
package io.demur.bench;

import org.jspecify.annotations.NullMarked;
