/** Ollama's own protocol; it also speaks OpenAI's. */
@NullMarked
package io.demur.wire.ollama;

import org.jspecify.annotations.NullMarked;
