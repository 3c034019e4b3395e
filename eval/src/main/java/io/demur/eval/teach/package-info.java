/**
 * What models are to learn from exchanges that went wrong, and whether a file teaches what it
 * should. Open {@link io.demur.eval.teach.Lessons} first, which makes {@link
 * io.demur.eval.teach.Lesson}s of {@link io.demur.eval.teach.Answered} requests; then {@link
 * io.demur.eval.teach.Audit}, which reads other people's.
 *
 * <p>What no judge could decide teaches nothing, and what a judge is unsure of only where that is
 * asked for.
 */
@NullMarked
package io.demur.eval.teach;

import org.jspecify.annotations.NullMarked;
