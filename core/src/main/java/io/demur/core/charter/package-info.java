/**
 * All that a policy document says: what is decided, for whom, by which judges, and how it may be
 * changed. Open {@link io.demur.core.charter.Charter} first, then {@link
 * io.demur.core.charter.Amendment}, which says whether one is weaker than another.
 */
@NullMarked
package io.demur.core.charter;

import org.jspecify.annotations.NullMarked;
