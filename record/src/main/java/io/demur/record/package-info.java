/**
 * Where the log gets its meaning: entries, commitments, and the trail that writes them.
 *
 * <p>Open {@link io.demur.record.Trail} to write, {@link io.demur.record.entry.Entry} for what can
 * be written.
 */
@NullMarked
package io.demur.record;

import org.jspecify.annotations.NullMarked;
