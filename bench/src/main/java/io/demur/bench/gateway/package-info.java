/** The gateway's speed: a model that answers at once, a load, and what both see through it. */
@NullMarked
package io.demur.bench.gateway;

import org.jspecify.annotations.NullMarked;
