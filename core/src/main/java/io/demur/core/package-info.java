/**
 * The words of Demur: what was asked ({@link io.demur.core.Request}), what was answered ({@link
 * io.demur.core.Response}), and what is said about it ({@link io.demur.core.Verdict}).
 *
 * <p>Open {@link io.demur.core.Verdict} and {@link io.demur.core.Refusal} first. Everything here is
 * an immutable value: no input or output, no clock, no JSON, no threads. {@code docs/vocabulary.md}
 * sets each word beside the terms of the field.
 */
@NullMarked
package io.demur.core;

import org.jspecify.annotations.NullMarked;
