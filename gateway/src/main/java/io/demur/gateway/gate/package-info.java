/**
 * The gate before every model. {@link io.demur.gateway.gate.Permit} is what a model is asked with;
 * only {@link io.demur.gateway.gate.Gate} makes one, of an attempt that is on disk and of what the
 * policy in force says of it.
 */
@NullMarked
package io.demur.gateway.gate;

import org.jspecify.annotations.NullMarked;
