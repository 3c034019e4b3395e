/**
 * Ollama's own protocol; it also speaks OpenAI's.
 *
 * <p>Live calls come in by {@link io.demur.wire.ollama.OllamaFront} and go out by {@link
 * io.demur.wire.ollama.OllamaDialect}; {@link io.demur.wire.ollama.Catalogue} has what is said of
 * models.
 */
@NullMarked
package io.demur.wire.ollama;

import org.jspecify.annotations.NullMarked;
