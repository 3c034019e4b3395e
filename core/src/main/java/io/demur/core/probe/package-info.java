/**
 * Requests with a known right answer, which {@code policy diff}, the start of a gateway and drills
 * put through a policy. Open {@link io.demur.core.probe.ProbeSuite}.
 */
@NullMarked
package io.demur.core.probe;

import org.jspecify.annotations.NullMarked;
