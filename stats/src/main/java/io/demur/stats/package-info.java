/** To come. */
@NullMarked
package io.demur.stats;

import org.jspecify.annotations.NullMarked;
