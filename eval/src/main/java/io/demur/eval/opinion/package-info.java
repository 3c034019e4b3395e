/**
 * What others than a run's judge say of its answers: a second judge, asked once the run is there,
 * and people. Open {@link io.demur.eval.opinion.Opinion} first; {@link
 * io.demur.eval.opinion.SecondJudging} asks a model, {@link io.demur.eval.opinion.OpinionFile}
 * keeps what it said beside the run.
 */
@NullMarked
package io.demur.eval.opinion;

import org.jspecify.annotations.NullMarked;
