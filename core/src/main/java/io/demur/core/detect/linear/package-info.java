/**
 * The inside of the refusal judge: what it reads of a reply, its weights, and its arithmetic.
 * Public only because the trainer, in another module, must read and compute exactly as the judge
 * does.
 *
 * <p>Open {@link io.demur.core.detect.linear.Reading} and {@link
 * io.demur.core.detect.linear.RefusalModel} first. Nothing here is a stable interface; that is
 * {@link io.demur.core.detect.Detector}.
 */
@NullMarked
package io.demur.core.detect.linear;

import org.jspecify.annotations.NullMarked;
