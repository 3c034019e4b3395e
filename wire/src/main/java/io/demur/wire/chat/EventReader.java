package io.demur.wire.chat;

import java.util.List;

/**
 * Reads an answer that comes in pieces, however the network cut them. For one thread; memory is
 * bounded, and what one piece costs does not depend on those before it.
 */
public interface EventReader {

    /** The events that the next bytes complete. */
    List<Event> read(byte[] bytes, int from, int to);

    /** The events that are left when no bytes follow. A stream that was cut off has failed. */
    List<Event> end();

    default List<Event> read(byte[] bytes) {
        return read(bytes, 0, bytes.length);
    }
}
