/**
 * The search for what makes a model refuse the harmless: words, who something is done to, how it is
 * asked, languages and topics are put into harmless requests and taken away again, under a budget
 * of calls.
 *
 * <p>Open {@link io.demur.eval.search.Search} first, which is the story, then {@link
 * io.demur.eval.search.Pattern}. What may be put in stands in {@code search.lexicon}; at what the
 * rehearsal model takes fright, in {@code played.triggers}.
 */
@NullMarked
package io.demur.eval.search;

import org.jspecify.annotations.NullMarked;
