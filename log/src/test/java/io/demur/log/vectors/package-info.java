/**
 * Test vectors for others, made and checked here: {@code docs/reference/log-vectors.md} says how to
 * use them.
 */
@NullMarked
package io.demur.log.vectors;

import org.jspecify.annotations.NullMarked;
