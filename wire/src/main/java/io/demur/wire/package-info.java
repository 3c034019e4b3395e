/** To come. */
@NullMarked
package io.demur.wire;

import org.jspecify.annotations.NullMarked;
