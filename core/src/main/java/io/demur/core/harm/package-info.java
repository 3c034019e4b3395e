/**
 * What a request would do: to whom, how badly, and how sure a judge is of it.
 *
 * <p>Open {@link io.demur.core.harm.Assessment} and {@link io.demur.core.harm.Consequence} first.
 * An assessment says what a judge found; what follows from it is a {@link
 * io.demur.core.policy.Decision}.
 */
@NullMarked
package io.demur.core.harm;

import org.jspecify.annotations.NullMarked;
