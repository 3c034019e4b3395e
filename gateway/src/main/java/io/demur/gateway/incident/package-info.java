/**
 * What was refused and comes again, seen from the gateway: what is noted of exchanges, which of
 * them are compared with what was refused before, when, and what is made of it. Open {@link
 * io.demur.gateway.incident.RouteArounds}; how alike two requests are is {@link
 * io.demur.core.incident.RefusedRequests}'s to say.
 */
@NullMarked
package io.demur.gateway.incident;

import org.jspecify.annotations.NullMarked;
