/**
 * Cuts texts into sentences, in any script and with or without markdown.
 *
 * <p>Open {@link io.demur.core.text.Sentences} first.
 */
@NullMarked
package io.demur.core.text;

import org.jspecify.annotations.NullMarked;
