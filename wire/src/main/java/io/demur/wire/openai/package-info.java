/**
 * OpenAI's protocols, and those of the many servers that speak them.
 *
 * <p>Recorded bodies are read by {@link io.demur.wire.openai.ChatCompletions}; live calls come in
 * by {@link io.demur.wire.openai.ChatFront} and go out by {@link
 * io.demur.wire.openai.OpenAiDialect}.
 */
@NullMarked
package io.demur.wire.openai;

import org.jspecify.annotations.NullMarked;
