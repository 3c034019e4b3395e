/** Tests of witnesses, against one that keeps to the specification. */
@NullMarked
package io.demur.log.witness;

import org.jspecify.annotations.NullMarked;
