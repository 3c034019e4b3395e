/**
 * The gateway: callers speak to it as they would to a model, and one policy governs each exchange.
 *
 * <p>Open {@link io.demur.gateway.Routes} for what is answered at all, and then {@link
 * io.demur.gateway.Exchange}: the story of one request, from top to bottom.
 */
@NullMarked
package io.demur.gateway;

import org.jspecify.annotations.NullMarked;
