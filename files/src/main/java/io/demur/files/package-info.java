/** To come. */
@NullMarked
package io.demur.files;

import org.jspecify.annotations.NullMarked;
