package io.demur.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.demur.log.FileAnchor;
import io.demur.log.Log;
import io.demur.log.LogReader;
import io.demur.log.LogRefused;
import io.demur.log.LogSettings;
import io.demur.log.TreeHead;
import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;
import io.demur.log.tile.FolderSource;
import io.demur.record.DataFolder;
import io.demur.record.Trail;
import io.demur.record.entry.Commitment;
import io.demur.record.entry.Start;
import io.demur.record.keys.KeyRing;
import io.demur.store.Store;
import io.demur.store.StoreFailed;
import io.demur.store.StoreSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens the parts of one installation, for the commands that work on it. */
final class Installation {

    private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);

    private static final Duration PUBLISHED = Duration.ofSeconds(2);

    private final DataFolder folder;
    private final Map<String, String> environment;
    private final StoreSettings store;
    private final boolean newAnchor;
    private final InstantSource clock;

    Installation(DataFolder folder) {
        this(folder, System.getenv());
    }

    /**
     * An installation of somebody else's environment.
     *
     * @param environment says where the anchors lie
     */
    Installation(DataFolder folder, Map<String, String> environment) {
        this(folder, new Surroundings(environment, InstantSource.system()));
    }

    /** An installation in other surroundings than this process's. */
    Installation(DataFolder folder, Surroundings surroundings) {
        this(
                folder,
                surroundings.environment(),
                StoreSettings.file(folder.store()),
                false,
                surroundings.clock());
    }

    private Installation(
            DataFolder folder,
            Map<String, String> environment,
            StoreSettings store,
            boolean newAnchor,
            InstantSource clock) {
        this.folder = folder;
        this.environment = environment;
        this.store = store;
        this.newAnchor = newAnchor;
        this.clock = clock;
    }

    /** The same with a store elsewhere. */
    Installation withStore(StoreSettings elsewhere) {
        return new Installation(folder, environment, elsewhere, newAnchor, clock);
    }

    /** The same, which may begin an anchor for a log that has none here. */
    Installation withNewAnchor() {
        return new Installation(folder, environment, store, true, clock);
    }

    DataFolder folder() {
        return folder;
    }

    /** The keys, secrets included. */
    KeyRing keys() throws IOException {
        return KeyRing.open(folder.keys());
    }

    /**
     * Opens the log to write to it, and says in it that a program starts.
     *
     * @param program such as {@code demur keys rotate}
     * @throws IOException where there is no log, or no anchor of it: a log that is begun anew, or
     *     goes on from an older copy, would contradict what its key has signed
     */
    Trail open(KeyRing keys, String program) throws IOException, LogRefused {
        if (!Files.exists(folder.log().resolve("checkpoint"))) {
            throw new IOException(
                    "`%s` holds no log; put it back from a copy: its key must not begin another"
                            .formatted(folder.log()));
        }
        Path anchor = anchor(origin(keys));
        if (!newAnchor && !Files.exists(anchor)) {
            throw new IOException(
                    ("the log has no anchor on this machine (`%s`), so nothing shows that this is"
                                    + " its newest copy; --new-anchor begins one, once you know"
                                    + " that it is")
                            .formatted(anchor));
        }
        return begin(keys, program);
    }

    /** The same for a log that is about to be made, or was half made. */
    Trail begin(KeyRing keys, String program) throws IOException, LogRefused {
        String origin = origin(keys);
        Log log = Log.open(settings(origin, keys));
        try {
            Start start =
                    new Start(
                            clock.instant(),
                            program,
                            Version.number(),
                            Optional.empty(),
                            Optional.empty());
            return Trail.open(log, start, clock);
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private String origin(KeyRing keys) throws IOException {
        return keys.origin()
                .orElseThrow(
                        () ->
                                new IOException(
                                        "`%s` holds no key of the log; see `demur init`"
                                                .formatted(folder.keys())));
    }

    private LogSettings settings(String origin, KeyRing keys) throws IOException {
        List<VerifierKey> known = keys.logKeys();
        return new LogSettings(
                folder.log(),
                keys.signingKey(origin),
                known.subList(1, known.size()),
                List.of(new FileAnchor(anchor(origin))),
                CHECKPOINT_EVERY,
                broken -> {
                    // nothing that this process holds is to be believed any more
                    Terminal.err().println("demur: " + broken.getMessage());
                    Runtime.getRuntime().halt(ExitCode.INTERNAL);
                });
    }

    /** Opens the store, which is made where there is none. */
    Store store() throws StoreFailed {
        return Store.open(store);
    }

    /** Where the last signed head of a log is kept outside the folder. */
    Path anchor(String origin) {
        String readable = origin.replaceAll("[^A-Za-z0-9.-]", "_");
        // two names may read the same
        String exact = Commitment.to(new byte[Commitment.SALT_BYTES], origin.getBytes(UTF_8)).hex();
        String name = readable.substring(0, Math.min(60, readable.length()));
        return DataFolder.anchors(environment).resolve(name + "-" + exact.substring(0, 12));
    }

    /** An older copy of the log than the anchor has seen: how many entries each knows. */
    record Behind(long known, long size) {}

    /** Whether the log here is older than its anchor, which lies outside the folder. */
    Optional<Behind> behind() throws IOException, Malformed {
        Optional<TreeHead> known = new FileAnchor(anchor(head().origin())).last();
        // read after the anchor, which is always the first to know
        if (known.isEmpty() || head().size() >= known.get().size()) {
            return Optional.empty();
        }
        try {
            // a gateway that runs may be about to publish what the anchor knows
            Thread.sleep(PUBLISHED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long size = head().size();
        return size >= known.get().size()
                ? Optional.empty()
                : Optional.of(new Behind(known.get().size(), size));
    }

    private TreeHead head() throws IOException, Malformed {
        return reader().checkpoint(vkeys()).head();
    }

    /** What is published. */
    LogReader reader() throws IOException {
        if (!Files.isDirectory(folder.log())) {
            throw new IOException(
                    "`%s` holds no log; `demur init` makes one".formatted(folder.root()));
        }
        return new LogReader(new FolderSource(folder.log()));
    }

    /** The log's public keys. */
    List<VerifierKey> vkeys() throws IOException, Malformed {
        List<VerifierKey> keys = new ArrayList<>();
        for (String line : Files.readAllLines(folder.keys().resolve(KeyRing.VKEYS))) {
            keys.add(VerifierKey.parse(line));
        }
        return keys;
    }
}
