/**
 * Policies under signatures: who may sign, what is in force, and how that may change. Open {@link
 * io.demur.record.policy.PolicyKeeper}; what the log's entries lead to is in {@link
 * io.demur.record.policy.Chain}, the rules of change are in {@link io.demur.record.policy.Ratchet},
 * the bytes in {@link io.demur.record.policy.Statement}.
 */
@NullMarked
package io.demur.record.policy;

import org.jspecify.annotations.NullMarked;
