/**
 * Requests to measure refusal with, and the guises in which a refused one comes back. Open {@link
 * io.demur.testkit.asked.Asked} and {@link io.demur.testkit.asked.Guise}.
 */
@NullMarked
package io.demur.testkit.asked;

import org.jspecify.annotations.NullMarked;
