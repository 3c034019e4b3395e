/**
 * Two runs against each other, case by case. Open {@link io.demur.eval.compare.Comparison} first,
 * then {@link io.demur.eval.compare.Difference}, of which it is made.
 */
@NullMarked
package io.demur.eval.compare;

import org.jspecify.annotations.NullMarked;
