/**
 * Whether a request belongs to what a deployment is for. Open {@link io.demur.core.scope.Belonging}
 * first; what follows from it for a request is a {@link io.demur.core.charter.Ruling}.
 */
@NullMarked
package io.demur.core.scope;

import org.jspecify.annotations.NullMarked;
