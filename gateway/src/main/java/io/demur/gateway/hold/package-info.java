/** Requests that wait for a person. Open {@link io.demur.gateway.hold.Waitlist}. */
@NullMarked
package io.demur.gateway.hold;

import org.jspecify.annotations.NullMarked;
