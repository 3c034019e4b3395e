/**
 * Reads responses: from text and stop reason to a {@link io.demur.core.Verdict}.
 *
 * <p>Open {@link io.demur.core.detect.Detector} first.
 */
@NullMarked
package io.demur.core.detect;

import org.jspecify.annotations.NullMarked;
