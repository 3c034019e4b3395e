/**
 * What passes between a caller, Demur and a model, whatever the protocol.
 *
 * <p>Open {@link io.demur.wire.chat.Call} (what is asked), {@link io.demur.wire.chat.Event} (what
 * comes back, piece by piece) and {@link io.demur.wire.chat.Reply} (the same as a whole) first. A
 * {@link io.demur.wire.chat.Front} is a protocol that callers speak, a {@link
 * io.demur.wire.chat.Dialect} one that servers of models speak: bytes to values and back, without
 * network, threads or a clock.
 *
 * <p>What is sent on is always made from these values and never copied from what came in, so that
 * what is judged and what is sent cannot differ.
 */
@NullMarked
package io.demur.wire.chat;

import org.jspecify.annotations.NullMarked;
