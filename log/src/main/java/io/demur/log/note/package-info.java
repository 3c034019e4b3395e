/**
 * Text signed by one or more keys: C2SP signed-note and tlog-cosignature.
 *
 * <p>Open {@link io.demur.log.note.Note} and {@link io.demur.log.note.VerifierKey}. What does not
 * have its one form is {@link io.demur.log.note.Malformed}.
 */
@NullMarked
package io.demur.log.note;

import org.jspecify.annotations.NullMarked;
