/**
 * Policies as people write them. Open {@link io.demur.files.policy.PolicyFile}; {@code
 * docs/reference/policy-document.md} has every key.
 */
@NullMarked
package io.demur.files.policy;

import org.jspecify.annotations.NullMarked;
