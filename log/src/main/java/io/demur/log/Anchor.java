package io.demur.log;

import java.io.IOException;
import java.util.Optional;

/**
 * Remembers the last tree head that a log signed, in a place that is not restored or copied along
 * with the log's folder. Compared when a log is opened and before each checkpoint, so that a
 * restored or copied log cannot go on as if nothing had been signed.
 */
public interface Anchor {

    /**
     * The head that was remembered last.
     *
     * @throws IOException where it cannot be read
     */
    Optional<TreeHead> last() throws IOException;

    /**
     * Remembers a head, durably, before the checkpoint of it is published.
     *
     * @throws IOException where it cannot be written
     */
    void remember(TreeHead head) throws IOException;

    /**
     * Takes the anchor for one open log. An anchor that can, lets no other have it until {@link
     * #release}.
     *
     * @throws LogRefused where another log has it
     * @throws IOException where that cannot be found out
     */
    default void hold() throws IOException, LogRefused {}

    /**
     * Lets go of it.
     *
     * @throws IOException where that fails
     */
    default void release() throws IOException {}
}
