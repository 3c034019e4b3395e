/** To come. */
@NullMarked
package io.demur.eval;

import org.jspecify.annotations.NullMarked;
