/**
 * The rehearsal model in the words of {@link io.demur.wire.chat}: a call goes in, events come out,
 * and between them the pauses that whoever plays them has to wait. Open {@link
 * io.demur.wire.rehearsal.RehearsalEvents} first.
 */
@NullMarked
package io.demur.wire.rehearsal;

import org.jspecify.annotations.NullMarked;
