/**
 * Reads the labelled corpora from which the judges are trained: JSON lines of one schema.
 *
 * <p>Open {@link io.demur.files.corpus.CorpusReader} first.
 */
@NullMarked
package io.demur.files.corpus;

import org.jspecify.annotations.NullMarked;
