/**
 * Where what takes milliseconds is done, so that no thread of the gateway's verticles stands still
 * for it. Open {@link io.demur.gateway.offload.Offload}.
 */
@NullMarked
package io.demur.gateway.offload;

import org.jspecify.annotations.NullMarked;
