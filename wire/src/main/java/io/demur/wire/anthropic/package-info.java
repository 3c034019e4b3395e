/**
 * Anthropic's protocols.
 *
 * <p>Recorded bodies are read by {@link io.demur.wire.anthropic.Messages}; live calls come in by
 * {@link io.demur.wire.anthropic.MessagesFront} and go out by {@link
 * io.demur.wire.anthropic.AnthropicDialect}.
 */
@NullMarked
package io.demur.wire.anthropic;

import org.jspecify.annotations.NullMarked;
