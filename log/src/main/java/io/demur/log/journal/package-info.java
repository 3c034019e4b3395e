/**
 * The one file that an acknowledgement waits for: entries in the order in which they came, made
 * durable before anything is said of them.
 *
 * <p>Open {@link io.demur.log.journal.Journal} for the end that is written, {@link
 * io.demur.log.journal.Recovery} for what happens at the start, {@link io.demur.log.journal.Disk}
 * for every call that touches a file. {@code docs/reference/log-journal.md} states each byte.
 */
@NullMarked
package io.demur.log.journal;

import org.jspecify.annotations.NullMarked;
