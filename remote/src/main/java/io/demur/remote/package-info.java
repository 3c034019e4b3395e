/**
 * Models asked over HTTP as judges: guard models in the forms that their makers document, and
 * general language models.
 *
 * <p>Open {@link io.demur.remote.GuardModel} and {@link io.demur.remote.LanguageModelJudge} first;
 * {@link io.demur.remote.RemoteJudges} makes both out of what users write. {@code ChatClient} is
 * the one place where judges talk to a network; {@link io.demur.remote.ModelClient} asks models as
 * any caller does, to see how they answer.
 *
 * <p>What cannot be reached, is late, or cannot be understood is unjudged, and never a verdict.
 */
@NullMarked
package io.demur.remote;

import org.jspecify.annotations.NullMarked;
