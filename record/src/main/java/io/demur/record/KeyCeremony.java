package io.demur.record;

import io.demur.log.LogRefused;
import io.demur.record.entry.Entry;
import io.demur.record.entry.KeyChange;
import io.demur.record.keys.Key;
import io.demur.record.keys.KeyRing;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Changes keys and tells the log, in an order in which a crash between any two steps does no harm
 * and is made good by the next ceremony.
 *
 * <p>The log's key is replaced like this: a new key is made, and pending. A KEY entry with its
 * public half is written and published under a checkpoint that the old key signs, so that whoever
 * trusts the old key learns of the new one from it. Only then is the new key put in use, and under
 * its first checkpoint stands the KEY entry that the old one is retired. After a crash a pending
 * key is taken up again by the next ceremony, and announced again; a key that is leaving is
 * retired. An entry may therefore stand there twice; none is ever missing for a key in use.
 *
 * <p>No other process changes keys during a ceremony; it is waited for.
 */
public final class KeyCeremony {

    /** Opens the log with the key in use, and what writes to it. */
    @FunctionalInterface
    public interface Opener {

        /**
         * A trail that has just been opened; the ceremony closes it.
         *
         * @throws LogRefused where the log must not be written to: another process has it
         */
        Trail open() throws IOException, LogRefused;
    }

    /** Later than any clock, and early enough for an entry. */
    private static final Instant LATER = Instant.ofEpochSecond(1L << 33);

    private final KeyRing ring;
    private final Opener opener;
    private final Consumer<String> after;

    public KeyCeremony(KeyRing ring, Opener opener) {
        this(ring, opener, step -> {});
    }

    /**
     * One that can be interrupted.
     *
     * @param after told of each step that is done
     */
    KeyCeremony(KeyRing ring, Opener opener, Consumer<String> after) {
        this.ring = ring;
        this.opener = opener;
        this.after = after;
    }

    /** Makes what a new installation needs, as far as it is not there: one key of each purpose. */
    public void begin(String origin) throws IOException, LogRefused {
        ring.changing(
                () -> {
                    for (Key.Purpose purpose : Key.Purpose.values()) {
                        if (ring.current(purpose).isEmpty()) {
                            Optional<Key> left = pending(purpose);
                            Key key =
                                    left.isPresent()
                                            ? left.get()
                                            : purpose == Key.Purpose.LOG
                                                    ? ring.prepareLog(origin)
                                                    : ring.prepare(purpose);
                            after.accept("prepared " + purpose);
                            ring.promote(key.id());
                        }
                        after.accept("made " + purpose);
                    }
                    List<Entry> created = new ArrayList<>();
                    for (Key key : ring.all()) {
                        if (key.state() == Key.State.CURRENT) {
                            created.add(change(key, "created", Optional.empty()));
                        }
                    }
                    try (Trail trail = opener.open()) {
                        write(trail, created);
                    }
                    after.accept("told");
                    return ring;
                });
    }

    /**
     * Makes the first key of a purpose.
     *
     * @throws IllegalStateException where there is one
     */
    public Key create(Key.Purpose purpose) throws IOException, LogRefused {
        return ring.changing(
                () -> {
                    if (ring.current(purpose).isPresent()) {
                        throw new IllegalStateException(
                                "there is a key for %s; `demur keys rotate` replaces it"
                                        .formatted(purpose.word()));
                    }
                    Optional<Key> left = pending(purpose);
                    Key key = left.isPresent() ? left.get() : ring.prepare(purpose);
                    after.accept("prepared");
                    try (Trail trail = opener.open()) {
                        write(trail, List.of(change(key, "created", Optional.empty())));
                        after.accept("told");
                        return ring.promote(key.id());
                    }
                });
    }

    /** Replaces the key in use. */
    public Key rotate(Key.Purpose purpose) throws IOException, LogRefused {
        return ring.changing(
                () -> {
                    resume();
                    Optional<Key> left = pending(purpose);
                    Key key = left.isPresent() ? left.get() : ring.prepare(purpose);
                    after.accept("prepared");
                    try (Trail trail = opener.open()) {
                        write(trail, List.of(change(key, "created", Optional.empty())));
                        after.accept("told");
                    }
                    // the trail is closed, and so the entry lies under a checkpoint that the old
                    // key has signed
                    after.accept("published");
                    Key promoted = ring.promote(key.id());
                    after.accept("promoted");
                    resume();
                    return promoted;
                });
    }

    /**
     * Says that a key is not to be trusted.
     *
     * @throws IllegalStateException for the one that is in use
     * @throws IllegalArgumentException for one that is not known
     */
    public Key revoke(String id, String reason) throws IOException, LogRefused {
        return ring.changing(
                () -> {
                    Key key =
                            ring.find(id)
                                    .orElseThrow(
                                            () ->
                                                    new IllegalArgumentException(
                                                            "no key `%s`".formatted(id)));
                    if (key.state() == Key.State.CURRENT) {
                        ring.revoke(id); // which refuses it, and says what to do
                    }
                    KeyChange revoked = change(key, "revoked", Optional.of(reason));
                    try (Trail trail = opener.open()) {
                        write(trail, List.of(revoked));
                        after.accept("told");
                        return ring.revoke(id);
                    }
                });
    }

    /**
     * Destroys a key of an epoch that was replaced, and with it whatever is still wrapped with it:
     * in backups, and in what databases leave behind. Whoever asks for that has wrapped anew what
     * is in use.
     *
     * @throws IllegalStateException for the one that is in use, and for another than of an epoch:
     *     without earlier keys of the log old receipts cannot be checked
     * @throws IllegalArgumentException for one that is not known
     */
    public void destroy(String id, String reason) throws IOException, LogRefused {
        ring.changing(
                () -> {
                    Key key =
                            ring.find(id)
                                    .orElseThrow(
                                            () ->
                                                    new IllegalArgumentException(
                                                            "no key `%s`".formatted(id)));
                    if (key.purpose() != Key.Purpose.BODIES) {
                        throw new IllegalStateException(
                                "the key `%s` is for %s; only those for bodies are destroyed"
                                        .formatted(id, key.purpose().word()));
                    }
                    if (key.state() == Key.State.CURRENT) {
                        ring.destroy(id); // which refuses it, and says what to do
                    }
                    KeyChange destroyed = change(key, "destroyed", Optional.of(reason));
                    try (Trail trail = opener.open()) {
                        write(trail, List.of(destroyed));
                        after.accept("told");
                        ring.destroy(id);
                    }
                    return ring;
                });
    }

    /** Tells the log of keys that were replaced, where it does not know yet. */
    public List<Key> resume() throws IOException, LogRefused {
        return ring.changing(
                () -> {
                    List<Key> leaving =
                            ring.all().stream()
                                    .filter(it -> it.state() == Key.State.LEAVING)
                                    .toList();
                    if (leaving.isEmpty()) {
                        return leaving;
                    }
                    List<Entry> retired = new ArrayList<>();
                    leaving.forEach(key -> retired.add(change(key, "retired", Optional.empty())));
                    try (Trail trail = opener.open()) {
                        write(trail, retired);
                        after.accept("told of retirement");
                        for (Key key : leaving) {
                            ring.retire(key.id());
                            after.accept("retired");
                        }
                    }
                    return leaving;
                });
    }

    private Optional<Key> pending(Key.Purpose purpose) {
        return ring.all(purpose).stream().filter(it -> it.state() == Key.State.PENDING).findFirst();
    }

    /** When it happened is for the trail to say, which lowers a time that lies ahead to now. */
    private static KeyChange change(Key key, String action, Optional<String> reason) {
        return new KeyChange(
                LATER, key.purpose().word(), key.id(), action, key.publicKey(), reason);
    }

    private static void write(Trail trail, List<Entry> entries) throws IOException {
        try {
            trail.append(entries).join();
        } catch (CompletionException e) {
            throw new IOException(
                    "the log could not be written: %s".formatted(String.valueOf(e.getCause())), e);
        }
    }
}
