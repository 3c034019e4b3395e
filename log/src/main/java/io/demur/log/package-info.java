/**
 * An append-only Merkle log of byte strings that others can check with tools of their own.
 *
 * <p>Open {@link io.demur.log.Log} to write one, {@link io.demur.log.LogReader} to read one, {@link
 * io.demur.log.Checkpoint} for what it signs, {@link io.demur.log.Fsck} and {@link
 * io.demur.log.Receipt} for how it is checked. {@code docs/reference/log.md} states each byte. What
 * an entry means is not known here.
 */
@NullMarked
package io.demur.log;

import org.jspecify.annotations.NullMarked;
