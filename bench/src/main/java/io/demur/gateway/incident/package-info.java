/** What only the gateway's own package may do, for benchmarks: it fills what was refused. */
@NullMarked
package io.demur.gateway.incident;

import org.jspecify.annotations.NullMarked;
