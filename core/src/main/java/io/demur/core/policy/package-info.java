/**
 * What is done about a request, and why.
 *
 * <p>Open {@link io.demur.core.policy.Decision} first; {@link io.demur.core.policy.Standing} is
 * what earlier refusals have to say about a request before it is decided.
 */
@NullMarked
package io.demur.core.policy;

import org.jspecify.annotations.NullMarked;
