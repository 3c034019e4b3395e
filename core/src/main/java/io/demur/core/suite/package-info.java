/**
 * What is asked of a model to measure how it refuses, and what would be right. Open {@link
 * io.demur.core.suite.Case} first, then {@link io.demur.core.suite.Expectation}.
 */
@NullMarked
package io.demur.core.suite;

import org.jspecify.annotations.NullMarked;
