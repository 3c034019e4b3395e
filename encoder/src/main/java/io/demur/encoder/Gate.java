package io.demur.encoder;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Stands before what is native, because using it once freed would crash the process: lets in any
 * number of threads at once, frees it once all of them are out, and lets in nobody after that.
 */
final class Gate {

    private final String name;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    /**
     * An open one.
     *
     * @param name of what is behind it, for the message
     */
    Gate(String name) {
        this.name = name;
    }

    /**
     * Uses what is behind it.
     *
     * @throws IllegalStateException if it is closed
     */
    <T> T through(Supplier<T> use) {
        Lock reading = lock.readLock();
        reading.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the %s is closed".formatted(name));
            }
            return use.get();
        } finally {
            reading.unlock();
        }
    }

    /** Closes it, and frees what is behind it. The second time does nothing. */
    void close(Session session, Tokenizer tokenizer) {
        Lock writing = lock.writeLock();
        writing.lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
                tokenizer.close();
            }
        } finally {
            writing.unlock();
        }
    }
}
