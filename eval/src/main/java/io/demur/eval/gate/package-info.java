/**
 * What a run has to keep to, so that a build can fail. {@link io.demur.eval.gate.Gate} is all that
 * a command needs.
 */
@NullMarked
package io.demur.eval.gate;

import org.jspecify.annotations.NullMarked;
