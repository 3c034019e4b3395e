package io.demur.eval;

import io.demur.core.Problem;

import java.io.IOException;

/**
 * Who is told what happens while files are carried through a judge: in input order, and in the one
 * thread that carries them.
 *
 * @param <R> what is said about one record or answer
 */
public interface Listener<R> {

    /** Something was judged. */
    void row(R row) throws IOException;

    /** Something could not be read, or not as it stands. */
    void problem(Problem problem) throws IOException;

    /** So many bytes of the current file have been read, as it lies on the disk. */
    void progress(long bytes);
}
