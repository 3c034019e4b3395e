/**
 * What callers say of refusals, on threads that may wait for a database. Open {@link
 * io.demur.gateway.appeal.Redress} first.
 */
@NullMarked
package io.demur.gateway.appeal;

import org.jspecify.annotations.NullMarked;
