/** Asking local models the probes that ship. Open {@link io.demur.gateway.probe.Prober}. */
@NullMarked
package io.demur.gateway.probe;

import org.jspecify.annotations.NullMarked;
