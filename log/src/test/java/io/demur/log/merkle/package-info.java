/** Tests of the tree, against its definition. */
@NullMarked
package io.demur.log.merkle;

import org.jspecify.annotations.NullMarked;
