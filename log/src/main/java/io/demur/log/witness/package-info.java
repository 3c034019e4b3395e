/**
 * Asks witnesses to cosign a log's checkpoints: C2SP tlog-witness.
 *
 * <p>Open {@link io.demur.log.witness.Witness}. A witness remembers the largest checkpoint of a log
 * that it has seen, and cosigns none that is not consistent with it.
 */
@NullMarked
package io.demur.log.witness;

import org.jspecify.annotations.NullMarked;
