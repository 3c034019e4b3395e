/**
 * Where what takes milliseconds is done, so that no thread of the gateway's verticles stands still
 * for it ({@link io.demur.gateway.offload.Offload}), and how such a thread waits ({@link
 * io.demur.gateway.offload.Waiting}).
 */
@NullMarked
package io.demur.gateway.offload;

import org.jspecify.annotations.NullMarked;
