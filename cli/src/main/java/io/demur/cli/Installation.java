package io.demur.cli;

import io.demur.log.FileAnchor;
import io.demur.log.Log;
import io.demur.log.LogReader;
import io.demur.log.LogRefused;
import io.demur.log.LogSettings;
import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;
import io.demur.log.tile.FolderSource;
import io.demur.record.DataFolder;
import io.demur.record.Trail;
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

    private final DataFolder folder;
    private final Map<String, String> environment;

    Installation(DataFolder folder) {
        this(folder, System.getenv());
    }

    /**
     * An installation of somebody else's environment.
     *
     * @param environment says where the anchors lie
     */
    Installation(DataFolder folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
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
     */
    Trail open(KeyRing keys, String program) throws IOException, LogRefused {
        String origin =
                keys.origin()
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "`%s` holds no key of the log; see `demur init`"
                                                        .formatted(folder.keys())));
        Log log = Log.open(settings(origin, keys));
        try {
            Start start =
                    new Start(
                            InstantSource.system().instant(),
                            program,
                            Version.number(),
                            Optional.empty(),
                            Optional.empty());
            return Trail.open(log, start, InstantSource.system());
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
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
        return Store.open(StoreSettings.file(folder.store()));
    }

    /** Where the last signed head of a log is kept outside the folder. */
    Path anchor(String origin) {
        return DataFolder.anchors(environment).resolve(origin.replaceAll("[^A-Za-z0-9.-]", "_"));
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
