/** Keeping what was asked and answered, as the policy's retention says. */
@NullMarked
package io.demur.gateway.keep;

import org.jspecify.annotations.NullMarked;
