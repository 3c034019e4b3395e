/**
 * Which later requests are recognised as a refused one, on {@code data/around}: {@link
 * io.demur.bench.around.AroundBenchmark} prints the table, {@link
 * io.demur.bench.around.AroundTraining} learns the weights.
 */
@NullMarked
package io.demur.bench.around;

import org.jspecify.annotations.NullMarked;
