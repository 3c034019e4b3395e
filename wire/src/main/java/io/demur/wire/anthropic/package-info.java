/** Anthropic's protocols. */
@NullMarked
package io.demur.wire.anthropic;

import org.jspecify.annotations.NullMarked;
