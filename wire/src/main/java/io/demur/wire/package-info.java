/**
 * Provider protocols to and from the words of {@code core}: the only place, with {@code files},
 * that knows their field names.
 *
 * <p>Open {@link io.demur.wire.Conversation} (what was said), {@link io.demur.wire.StopWords} and
 * {@link io.demur.wire.ErrorBody} (why it ended) first. One package below for each protocol: {@link
 * io.demur.wire.openai.ChatCompletions}, {@link io.demur.wire.anthropic.Messages}.
 *
 * <p>Where Demur itself asks a model, {@link io.demur.wire.Question} and {@link
 * io.demur.wire.Completion} are what goes out and what comes back; {@link
 * io.demur.wire.openai.ChatCall} and {@link io.demur.wire.ollama.ChatCall} carry them.
 *
 * <p>What passes between callers and models live is {@link io.demur.wire.chat}; the protocols'
 * parts of it are {@link io.demur.wire.chat.Front}s and {@link io.demur.wire.chat.Dialect}s in the
 * packages below.
 *
 * <p>A provider's structured refusal and a filter's block are read as such and never folded into
 * one, and neither is ever an error.
 */
@NullMarked
package io.demur.wire;

import org.jspecify.annotations.NullMarked;
