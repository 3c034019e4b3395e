/**
 * The review queue as a gateway serves it, and the answers that it puts there. Open {@link
 * io.demur.gateway.casework.Casework}.
 */
@NullMarked
package io.demur.gateway.casework;

import org.jspecify.annotations.NullMarked;
