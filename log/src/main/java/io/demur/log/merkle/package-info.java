/**
 * The tree of RFC 6962 and RFC 9162: hashes, and proofs that a leaf is in it and that it has only
 * grown.
 *
 * <p>Open {@link io.demur.log.merkle.Inclusion} and {@link io.demur.log.merkle.Consistency}. Where
 * the hashes of a large tree come from is behind {@link io.demur.log.merkle.Subtrees}.
 */
@NullMarked
package io.demur.log.merkle;

import org.jspecify.annotations.NullMarked;
