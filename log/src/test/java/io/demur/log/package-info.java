/** Tests of the log. Open {@link io.demur.log.NaiveLog}, which writes logs without its code. */
@NullMarked
package io.demur.log;

import org.jspecify.annotations.NullMarked;
