/**
 * What those who run a gateway see of it and ask of it: open {@link
 * io.demur.gateway.running.Running} for what they ask, {@link io.demur.gateway.running.Metrics} for
 * what is counted. Nothing that a caller wrote comes in here.
 */
@NullMarked
package io.demur.gateway.running;

import org.jspecify.annotations.NullMarked;
