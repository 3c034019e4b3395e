/**
 * What the gateway is measured with: harmful replies that only describe, harmless replies and
 * streams, and conversations of agents. Their words are the project's own and lie in {@code
 * data/gateway}; what is long is put together from them, the same at each run.
 */
@NullMarked
package io.demur.testkit.gateway;

import org.jspecify.annotations.NullMarked;
