/**
 * The rehearsal model: scripted, deterministic, and unguarded unless told otherwise. It stands in
 * for a language model where there is none, so that everything Demur does can be seen and tested.
 *
 * <p>Open {@link io.demur.core.rehearsal.Rehearsal} and {@link io.demur.core.rehearsal.Step} first.
 * What it says stands in {@code rehearsal.script}; a harmful request is answered with a description
 * of an answer, never with instructions. Pauses are values: whoever plays the steps waits.
 */
@NullMarked
package io.demur.core.rehearsal;

import org.jspecify.annotations.NullMarked;
