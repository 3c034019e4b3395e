/**
 * What the gateway remembers of its own refusals, and of conversations that it has judged before.
 *
 * <p>Open {@link io.demur.core.memory.RefusalMemory} first: it says of a new request whether it
 * comes back to one that was refused, as a {@link io.demur.core.policy.Standing} for the policy.
 * {@link io.demur.core.memory.Disguises} are undone before anything is compared. {@link
 * io.demur.core.memory.Conversations} tell which part of a history that is sent again was judged
 * already. Texts are kept nowhere: only keyed hashes of them are.
 */
@NullMarked
package io.demur.core.memory;

import org.jspecify.annotations.NullMarked;
