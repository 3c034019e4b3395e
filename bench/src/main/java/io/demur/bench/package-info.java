/** To come. */
@NullMarked
package io.demur.bench;

import org.jspecify.annotations.NullMarked;
