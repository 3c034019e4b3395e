package io.demur.record.keys;

import io.demur.log.note.SigningKey;
import io.demur.log.note.VerifierKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The keys of an installation, each in a file of its own in one folder that only its owner can
 * read. Public halves of the log's keys stand in {@value #VKEYS} as well, for whoever verifies.
 *
 * <p>A key is made pending, put in use by {@link #promote}, which makes the one before it leave,
 * and retired by {@link #retire}; between these steps the log is told, so that a crash at any point
 * leaves a state from which the next process goes on ({@link io.demur.record.KeyCeremony}).
 *
 * <p>A ring is what the folder held when it was opened, and what was changed through it since. What
 * another process changes it does not see: keys are changed by one process at a time, and others
 * that run are started anew afterwards. One that is not goes on using the keys from before, those
 * that were destroyed since included. Safe for use by several threads.
 */
public final class KeyRing {

    /** The file of the log's public keys: the current one first, then earlier ones. */
    public static final String VKEYS = "log.vkey";

    private final KeyFolder folder;
    private final InstantSource clock;
    private final SecureRandom random;
    private final KeyFiles files;

    private KeyRing(KeyFolder folder, KeyFiles files, InstantSource clock, SecureRandom random) {
        this.folder = folder;
        this.files = files;
        this.clock = clock;
        this.random = random;
    }

    /** Opens a folder of keys that is there. */
    public static KeyRing open(Path path) throws IOException {
        return open(path, InstantSource.system(), new SecureRandom());
    }

    /**
     * Opens a folder of keys that is there. A change that a crash had cut short is finished: on the
     * disk as well, unless another process is changing keys, which then does it.
     *
     * @throws IOException where it cannot be read, is open to others, or holds what is no key
     */
    public static KeyRing open(Path path, InstantSource clock, SecureRandom random)
            throws IOException {
        if (!Files.isDirectory(path)) {
            throw new IOException(
                    "`%s` is no folder of keys; `demur init` makes one".formatted(path));
        }
        return open(new KeyFolder(path), clock, random);
    }

    /** The same, on a disk that may fail. */
    static KeyRing open(KeyFolder folder, InstantSource clock, SecureRandom random)
            throws IOException {
        return new KeyRing(folder, KeyFiles.open(folder), clock, random);
    }

    /** Opens a folder of keys, and makes it where it is not there. */
    public static KeyRing make(Path path, InstantSource clock, SecureRandom random)
            throws IOException {
        new KeyFolder(path).make();
        return open(path, clock, random);
    }

    /**
     * A change of keys.
     *
     * @param <E> what it may throw besides
     */
    @FunctionalInterface
    public interface Change<T, E extends Exception> {
        T make() throws IOException, E;
    }

    /**
     * Makes a change of several steps, during which no other process changes keys; they are read
     * anew before it. Each step alone is safe from others, too.
     *
     * @throws IOException where another process that changes keys does not come to an end
     */
    public <T, E extends Exception> T changing(Change<T, E> change) throws IOException, E {
        files.take();
        try {
            return change.make();
        } finally {
            files.leave();
        }
    }

    /** All keys of a purpose: the current one first, then the newest. */
    public List<Key> all(Key.Purpose purpose) {
        return files.all(purpose);
    }

    /** All keys. */
    public List<Key> all() {
        List<Key> all = new ArrayList<>();
        for (Key.Purpose purpose : Key.Purpose.values()) {
            all.addAll(all(purpose));
        }
        return all;
    }

    /** The key in use for a purpose. */
    public Optional<Key> current(Key.Purpose purpose) {
        return all(purpose).stream().filter(it -> it.state() == Key.State.CURRENT).findFirst();
    }

    /** A key by its id. */
    public Optional<Key> find(String id) {
        return files.find(id).map(KeyFile::key);
    }

    /** The name of the log: that of its current key. */
    public Optional<String> origin() {
        return current(Key.Purpose.LOG).flatMap(Key::publicKey).map(it -> NoteKeys.vkey(it).name());
    }

    /**
     * Makes the first key of a purpose other than the log's, in use at once.
     *
     * @throws IllegalStateException where there is one in use
     */
    public synchronized Key create(Key.Purpose purpose) throws IOException {
        return changing(
                () -> {
                    if (current(purpose).isPresent()) {
                        throw new IllegalStateException(
                                "there is a key for %s; `rotate` replaces it"
                                        .formatted(purpose.word()));
                    }
                    return promote(prepare(purpose).id());
                });
    }

    /** The same for the log's first key. */
    public synchronized Key createLog(String origin) throws IOException {
        return changing(
                () -> {
                    if (current(Key.Purpose.LOG).isPresent()) {
                        throw new IllegalStateException(
                                "there is a key for log; `rotate` replaces it");
                    }
                    return promote(prepareLog(origin).id());
                });
    }

    /** Replaces a key in one go, for who tells no log. */
    public synchronized Key rotate(Key.Purpose purpose) throws IOException {
        return changing(
                () -> {
                    Key before = need(purpose);
                    Key after = promote(prepare(purpose).id());
                    retire(before.id());
                    return after;
                });
    }

    /** Makes a key that is not in use yet, of the same origin where it is the log's. */
    public synchronized Key prepare(Key.Purpose purpose) throws IOException {
        return changing(
                () -> {
                    if (purpose == Key.Purpose.LOG) {
                        need(purpose);
                        return prepareLog(origin().orElseThrow());
                    }
                    byte[] secret = new byte[SubjectKey.BYTES];
                    random.nextBytes(secret);
                    byte[] id = new byte[4];
                    do {
                        random.nextBytes(id);
                    } while (files.find(HexFormat.of().formatHex(id)).isPresent());
                    return add(purpose, HexFormat.of().formatHex(id), Optional.empty(), secret);
                });
    }

    /** Makes a key for a log of that name, not in use yet. */
    public synchronized Key prepareLog(String origin) throws IOException {
        return changing(
                () -> {
                    KeyFile file = NoteKeys.generate(origin);
                    while (files.find(file.key().id()).isPresent()) {
                        file = NoteKeys.generate(origin); // once in a few thousand million times
                    }
                    return add(
                            Key.Purpose.LOG,
                            file.key().id(),
                            file.key().publicKey(),
                            file.secret());
                });
    }

    /** Puts a pending key in use; the one that was is leaving from then on. */
    public synchronized Key promote(String id) throws IOException {
        return changing(
                () -> {
                    Key key = known(id);
                    if (key.state() != Key.State.PENDING) {
                        throw new IllegalStateException(
                                "the key `%s` is %s, not pending"
                                        .formatted(id, key.state().word()));
                    }
                    Optional<Key> before = current(key.purpose());
                    // in this order there is never a moment without a current key: mend() ends what
                    // is begun
                    Key promoted = files.put(id, Key.State.CURRENT);
                    if (before.isPresent()) {
                        files.put(before.get().id(), Key.State.LEAVING);
                    }
                    files.publish();
                    return promoted;
                });
    }

    /** Notes that the log knows a key to be replaced. */
    public synchronized Key retire(String id) throws IOException {
        return changing(
                () -> {
                    Key key = known(id);
                    if (key.state() != Key.State.LEAVING) {
                        throw new IllegalStateException(
                                "the key `%s` is %s, not leaving"
                                        .formatted(id, key.state().word()));
                    }
                    return files.put(id, Key.State.RETIRED);
                });
    }

    /**
     * Notes that a key is not to be trusted.
     *
     * @throws IllegalStateException for the one that is in use
     */
    public synchronized Key revoke(String id) throws IOException {
        return changing(
                () -> {
                    refuseCurrent(id, "revoked");
                    Key revoked = files.put(id, Key.State.REVOKED);
                    files.publish();
                    return revoked;
                });
    }

    /**
     * Destroys a key, and with it all that is wrapped with it: overwritten, then removed.
     *
     * @throws IllegalStateException for the one that is in use
     */
    public synchronized void destroy(String id) throws IOException {
        changing(
                () -> {
                    Key key = refuseCurrent(id, "destroyed");
                    files.destroy(files.get(id));
                    return key;
                });
    }

    /**
     * What signs the log's checkpoints.
     *
     * @throws IOException where there is no key, or it is another log's
     */
    public SigningKey signingKey(String origin) throws IOException {
        Key key = need(Key.Purpose.LOG);
        String name = origin().orElseThrow();
        if (!name.equals(origin)) {
            throw new IOException(
                    "the key `%s` signs for `%s`, not for `%s`".formatted(key.id(), name, origin));
        }
        return NoteKeys.signer(files.get(key.id()));
    }

    /** The log's public keys, the current one first; those that were revoked are left out. */
    public List<VerifierKey> logKeys() {
        return files.publicKeys();
    }

    /** The keys of epochs, which wrap the keys of subjects. */
    public Epochs bodies() {
        return new WrappedKeys(
                () ->
                        current(Key.Purpose.BODIES)
                                .orElseThrow(() -> new IllegalStateException("no key for bodies"))
                                .id(),
                id -> secret(Key.Purpose.BODIES, id),
                random);
    }

    /** Keyed hashes, with the key in use first. */
    public List<Pseudonyms> pseudonyms() {
        return all(Key.Purpose.HMAC).stream()
                .filter(key -> key.state() != Key.State.PENDING)
                .map(key -> new Pseudonyms(key.id(), secret(key.purpose(), key.id()).orElseThrow()))
                .toList();
    }

    private Optional<byte[]> secret(Key.Purpose purpose, String id) {
        return files.find(id)
                .filter(file -> file.key().purpose() == purpose)
                .map(file -> file.secret().clone());
    }

    private Key add(Key.Purpose purpose, String id, Optional<String> publicKey, byte[] secret)
            throws IOException {
        Instant created = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (Key other : all(purpose)) {
            // the newest of two current keys is the one that the other was replaced by
            if (!created.isAfter(other.created())) {
                created = other.created().plus(1, ChronoUnit.MICROS);
            }
        }
        Key key = new Key(purpose, id, created, Key.State.PENDING, publicKey);
        KeyFile file = new KeyFile(key, secret);
        files.add(file);
        return key;
    }

    private Key need(Key.Purpose purpose) throws IOException {
        return current(purpose)
                .orElseThrow(
                        () ->
                                new IOException(
                                        "`%s` holds no key for %s that is in use"
                                                .formatted(folder.path(), purpose.word())));
    }

    private Key refuseCurrent(String id, String done) {
        Key key = known(id);
        if (key.state() == Key.State.CURRENT) {
            throw new IllegalStateException(
                    "the key `%s` is in use and cannot be %s: `demur keys rotate --purpose %s`"
                            .concat(" replaces it first")
                            .formatted(id, done, key.purpose().word()));
        }
        return key;
    }

    private Key known(String id) {
        return files.get(id).key();
    }
}
