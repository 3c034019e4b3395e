/**
 * Reads responses: from text and stop reason to a {@link io.demur.core.Verdict}.
 *
 * <p>Open {@link io.demur.core.detect.Detector} first. The usual detector is {@code new
 * StopReasonDetector(LinearJudge.shipped())}: {@link io.demur.core.detect.StopReasonDetector}
 * decides by what the provider states, {@link io.demur.core.detect.LinearJudge} by the words.
 */
@NullMarked
package io.demur.core.detect;

import org.jspecify.annotations.NullMarked;
