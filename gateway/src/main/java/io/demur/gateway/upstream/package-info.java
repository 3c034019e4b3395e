/**
 * The servers of models. {@link io.demur.gateway.upstream.Upstream} takes a permit, and nothing
 * else in this program sends anything to a model. Open {@link
 * io.demur.gateway.upstream.ServedModels} first: it knows which server is asked for which model;
 * then {@code Asking}, the story of asking one after another until one answers, and {@code
 * HttpAnswer}, which reads what it answers.
 */
@NullMarked
package io.demur.gateway.upstream;

import org.jspecify.annotations.NullMarked;
