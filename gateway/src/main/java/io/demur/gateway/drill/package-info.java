/**
 * Whether what is served still refuses what it should and answers what it should: {@link
 * io.demur.gateway.drill.Driller} asks probes through the front door, {@link
 * io.demur.gateway.drill.Watch} counts what came of them and says when a rate has changed, and
 * {@link io.demur.gateway.drill.Passes} is how a drill comes in, which no caller can imitate.
 */
@org.jspecify.annotations.NullMarked
package io.demur.gateway.drill;
