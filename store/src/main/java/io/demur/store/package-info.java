/**
 * State: what the log says, in tables that can be asked; and the bodies, which are nowhere else.
 */
@NullMarked
package io.demur.store;

import org.jspecify.annotations.NullMarked;
