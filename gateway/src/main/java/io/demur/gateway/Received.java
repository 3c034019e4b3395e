package io.demur.gateway;

/**
 * The body of a request, which takes up room until it is closed.
 *
 * @param bytes must not be changed
 */
@SuppressWarnings("ArrayRecordComponent")
record Received(byte[] bytes, Room.Share share) implements AutoCloseable {
    @Override
    public void close() {
        share.close();
    }
}
