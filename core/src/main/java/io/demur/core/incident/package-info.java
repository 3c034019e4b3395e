/**
 * Which later request is like one that was refused, by whomever: the matching under route-arounds.
 *
 * <p>Open {@link io.demur.core.incident.RefusedRequests} first: it remembers what was refused and
 * says of a request that comes later what it is like, by which {@link
 * io.demur.core.incident.Method} and how much. It compares {@link io.demur.core.incident.Prints},
 * never texts: keyed hashes, and where a {@link io.demur.core.incident.Meaning} is there, a point
 * that stands for what a text means. What follows from a resemblance is for others to say; here
 * nobody is accused of anything.
 */
@NullMarked
package io.demur.core.incident;

import org.jspecify.annotations.NullMarked;
