/**
 * What stands in the log: one record for each type of entry. Open {@link
 * io.demur.record.entry.Attempt} and {@link io.demur.record.entry.Outcome} first.
 */
@NullMarked
package io.demur.record.entry;

import org.jspecify.annotations.NullMarked;
