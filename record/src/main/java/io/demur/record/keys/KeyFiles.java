package io.demur.record.keys;

import io.demur.log.note.VerifierKey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The files of a ring as they were read last, and the lock under which they are changed. Safe for
 * use by several threads.
 */
final class KeyFiles {

    private static final Comparator<KeyFile> NEWEST_FIRST =
            Comparator.comparing((KeyFile file) -> file.key().created())
                    .reversed()
                    .thenComparing(file -> file.key().id());

    private final KeyFolder folder;
    private final KeyLock lock;
    private final Map<String, KeyFile> files = new LinkedHashMap<>();

    private KeyFiles(KeyFolder folder) {
        this.folder = folder;
        this.lock = new KeyLock(folder.path().resolve(".lock"));
    }

    static KeyFiles open(KeyFolder folder) throws IOException {
        KeyFiles opened = new KeyFiles(folder);
        folder.checkClosed();
        opened.files.putAll(folder.keys());
        opened.finish();
        return opened;
    }

    synchronized Optional<KeyFile> find(String id) {
        return Optional.ofNullable(files.get(id));
    }

    /**
     * One that is known.
     *
     * @throws IllegalArgumentException where it is not
     */
    KeyFile get(String id) {
        return find(id).orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no key `%s` in `%s`".formatted(id, folder.path())));
    }

    /** All of a purpose: the current one first, then the newest. */
    synchronized List<Key> all(Key.Purpose purpose) {
        return files.values().stream()
                .filter(file -> file.key().purpose() == purpose)
                .sorted(
                        Comparator.comparing(
                                        (KeyFile file) -> file.key().state() != Key.State.CURRENT)
                                .thenComparing(NEWEST_FIRST))
                .map(KeyFile::key)
                .toList();
    }

    /** The log's public keys that others are to trust, the current one first. */
    List<VerifierKey> publicKeys() {
        Predicate<Key> hidden =
                key -> key.state() == Key.State.PENDING || key.state() == Key.State.REVOKED;
        return all(Key.Purpose.LOG).stream()
                .filter(hidden.negate())
                .flatMap(key -> key.publicKey().stream())
                .map(NoteKeys::vkey)
                .toList();
    }

    synchronized void add(KeyFile file) throws IOException {
        folder.write(KeyFile.name(file.key()), file.bytes(), true);
        files.put(file.key().id(), file);
    }

    synchronized void destroy(KeyFile file) throws IOException {
        folder.destroy(KeyFile.name(file.key()));
        files.remove(file.key().id());
        Arrays.fill(file.secret(), (byte) 0);
        publish();
    }

    void take() throws IOException {
        if (lock.take(KeyLock.WAIT)) {
            boolean done = false;
            try {
                mend();
                done = true;
            } finally {
                if (!done) {
                    lock.leave();
                }
            }
        }
    }

    void leave() throws IOException {
        lock.leave();
    }

    synchronized Key put(String id, Key.State state) throws IOException {
        KeyFile file = get(id);
        byte[] word = state.word().getBytes(StandardCharsets.US_ASCII);
        folder.patch(KeyFile.name(file.key()), KeyFile.STATE_AT, word);
        KeyFile changed = file.in(state);
        files.put(id, changed);
        return changed.key();
    }

    /** Finishes what a crash cut short; as others see it, unless another is about to. */
    synchronized void finish() throws IOException {
        if (replaced().isEmpty() && folder.isSwept() && isPublished()) {
            return;
        }
        boolean taken = false;
        try {
            taken = lock.take(Duration.ZERO);
        } catch (IOException e) {
            // another process changes keys, or this one may not write here
            replaced().forEach(file -> files.put(file.key().id(), file.in(Key.State.LEAVING)));
        }
        if (taken) {
            try {
                mend();
            } finally {
                lock.leave();
            }
        }
    }

    /** Reads the keys anew, and finishes what is unfinished; under the lock. */
    private synchronized void mend() throws IOException {
        Map<String, KeyFile> now = folder.keys();
        files.clear();
        files.putAll(now);
        folder.sweep();
        for (KeyFile file : replaced()) {
            put(file.key().id(), Key.State.LEAVING);
        }
        publish();
    }

    /** Older ones of several current keys of a purpose: {@link KeyRing#promote} was cut short. */
    private List<KeyFile> replaced() {
        List<KeyFile> replaced = new ArrayList<>();
        for (Key.Purpose purpose : Key.Purpose.values()) {
            files.values().stream()
                    .filter(file -> file.key().purpose() == purpose)
                    .filter(file -> file.key().state() == Key.State.CURRENT)
                    .sorted(NEWEST_FIRST)
                    .skip(1)
                    .forEach(replaced::add);
        }
        return replaced;
    }

    /** Writes the public keys of the log, where the file says something else. */
    synchronized void publish() throws IOException {
        if (!isPublished()) {
            folder.write(KeyRing.VKEYS, vkeys(), false);
        }
    }

    private boolean isPublished() throws IOException {
        Path file = folder.path().resolve(KeyRing.VKEYS);
        return Files.exists(file) && Arrays.equals(Files.readAllBytes(file), vkeys());
    }

    private byte[] vkeys() {
        StringBuilder text = new StringBuilder();
        publicKeys().forEach(key -> text.append(key).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
