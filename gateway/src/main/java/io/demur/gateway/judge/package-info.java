/** Judging requests: what is new in them, disguises undone, and what the memory says. */
@NullMarked
package io.demur.gateway.judge;

import org.jspecify.annotations.NullMarked;
