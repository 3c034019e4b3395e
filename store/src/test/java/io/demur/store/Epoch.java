package io.demur.store;

import io.demur.record.keys.Epochs;
import io.demur.record.keys.WrappedKeys;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Epoch keys in memory, which a test rotates and destroys. */
final class Epoch {

    private final Map<String, byte[]> keys = new ConcurrentHashMap<>();
    private volatile String current = "";

    Epoch() {
        rotate("epoch-1");
    }

    void rotate(String id) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        keys.put(id, key);
        current = id;
    }

    void destroy(String id) {
        keys.remove(id);
    }

    Epochs keys() {
        return new WrappedKeys(
                () -> current, id -> Optional.ofNullable(keys.get(id)), new SecureRandom());
    }
}
