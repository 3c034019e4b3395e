/**
 * The program {@code demur}: arguments and assembly only. {@link io.demur.cli.Main} starts it; each
 * command is one class.
 */
@NullMarked
package io.demur.cli;

import org.jspecify.annotations.NullMarked;
