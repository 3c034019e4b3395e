/**
 * The inside of the linear judges of harm, of requests and of answers: what they read, their
 * weights, and their arithmetic. Public only because the trainer, in another module, must read and
 * compute exactly as the judges do.
 *
 * <p>Open {@link io.demur.core.harm.linear.Features} and {@link
 * io.demur.core.harm.linear.HarmModel} first. Nothing here is a stable interface; those are {@link
 * io.demur.core.harm.HarmPredictor} and {@link io.demur.core.harm.AnswerJudge}.
 */
@NullMarked
package io.demur.core.harm.linear;

import org.jspecify.annotations.NullMarked;
