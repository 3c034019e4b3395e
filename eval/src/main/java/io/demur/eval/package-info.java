/**
 * Scores recorded answers: from transcripts to rows, rates and agreement.
 *
 * <p>Open {@link io.demur.eval.Judge}, which is the story of one transcript, then {@link
 * io.demur.eval.Scoring}, which carries whole files through it in order, and {@link
 * io.demur.eval.Tally}, which counts.
 */
@NullMarked
package io.demur.eval;

import org.jspecify.annotations.NullMarked;
