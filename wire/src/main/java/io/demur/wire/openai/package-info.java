/** OpenAI's protocols, and those of the many servers that speak them. */
@NullMarked
package io.demur.wire.openai;

import org.jspecify.annotations.NullMarked;
