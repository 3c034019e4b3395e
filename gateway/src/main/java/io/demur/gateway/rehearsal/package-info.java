/** The built-in scripted model as one of the gateway's models. */
@NullMarked
package io.demur.gateway.rehearsal;

import org.jspecify.annotations.NullMarked;
