package io.demur.store;

import io.demur.record.keys.Epochs;
import io.demur.record.keys.WrappedKeys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Epoch keys in memory, which a test rotates and destroys. */
final class Epoch {

    private final Map<String, byte[]> keys = new ConcurrentHashMap<>();
    private volatile String current = "";

    Epoch() {
        rotate("epoch-1");
    }

    /** The one whose key lies in a file, which is made where there is none: for two processes. */
    static Epoch in(Path file) throws IOException {
        Epoch epoch = new Epoch();
        if (Files.exists(file)) {
            epoch.keys.put("epoch-1", Files.readAllBytes(file));
        } else {
            Files.write(file, Objects.requireNonNull(epoch.keys.get("epoch-1")));
        }
        return epoch;
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
