/**
 * The servers of models. {@link io.demur.gateway.upstream.Upstream#send} takes a permit, and
 * nothing else in this program sends anything to a model.
 */
@NullMarked
package io.demur.gateway.upstream;

import org.jspecify.annotations.NullMarked;
