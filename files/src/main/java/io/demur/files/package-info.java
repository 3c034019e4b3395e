/**
 * Recorded transcripts, in the formats of many tools, as a stream of {@link
 * io.demur.core.Transcript}s with flat memory.
 *
 * <p>Open {@link io.demur.files.TranscriptFile} first. The path of a file: {@link
 * io.demur.files.Inputs} finds it, {@link io.demur.files.TranscriptFile} opens it and picks a
 * {@link io.demur.files.TranscriptFormat} by its content, the format cuts it into {@link
 * io.demur.files.Entry}s one after another, and each entry decodes itself, on any thread, to a
 * {@link io.demur.files.Decoded}: what was read, or why it could not be.
 *
 * <p>Nothing here throws on what a file holds. Whatever is wrong with a file or a record comes out
 * as an entry of its own, with place and reason, so that nothing is lost in silence.
 */
@NullMarked
package io.demur.files;

import org.jspecify.annotations.NullMarked;
