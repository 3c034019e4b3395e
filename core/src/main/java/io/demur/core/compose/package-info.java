/**
 * Writes the refusals: what a caller reads, and the same as a statement for programs.
 *
 * <p>Open {@link io.demur.core.compose.Composer} first. The words stand in one file for each
 * language beside the class files; {@link io.demur.core.compose.Wording} is what a policy puts in
 * their place.
 */
@NullMarked
package io.demur.core.compose;

import org.jspecify.annotations.NullMarked;
