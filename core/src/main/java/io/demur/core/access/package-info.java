/**
 * Who may ask what, and how much of it.
 *
 * <p>Open {@link io.demur.core.access.Roster} first: it says of the text of a key who asks, as a
 * {@link io.demur.core.access.Caller}, which leads to a policy's {@link
 * io.demur.core.policy.Context}. {@link io.demur.core.access.Meter} says whether a caller is within
 * its {@link io.demur.core.access.Limits}. Both work in memory alone; where the keys are kept is no
 * business of theirs.
 */
@NullMarked
package io.demur.core.access;

import org.jspecify.annotations.NullMarked;
