/** To come. */
@NullMarked
package io.demur.cli;

import org.jspecify.annotations.NullMarked;
