package io.demur.gateway;

/**
 * The body of a request, which takes up room until it is closed. For one thread.
 *
 * <p>The bytes must not be changed.
 */
final class Received implements AutoCloseable {

    private final byte[] bytes;
    private final Room room;
    private boolean closed;

    Received(byte[] bytes, Room room) {
        this.bytes = bytes;
        this.room = room;
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            room.giveBack(bytes.length);
        }
    }
}
