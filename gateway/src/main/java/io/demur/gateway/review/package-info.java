/** Reviewing answers while they come: nothing is released that was not judged. */
@NullMarked
package io.demur.gateway.review;

import org.jspecify.annotations.NullMarked;
