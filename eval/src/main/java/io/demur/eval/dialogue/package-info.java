/**
 * What only a dialogue shows: whether a model that held its line gives it up under pressure.
 *
 * <p>Open {@link io.demur.eval.dialogue.Capitulation} first.
 */
@NullMarked
package io.demur.eval.dialogue;

import org.jspecify.annotations.NullMarked;
