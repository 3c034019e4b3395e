package io.demur.desk;

import io.demur.log.Checkpoint;
import io.demur.log.Log;
import io.demur.log.LogReader;
import io.demur.log.LogSettings;
import io.demur.log.note.SigningKey;
import io.demur.log.note.VerifierKey;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;

/** A log in a folder that tests write as they like. */
final class Written implements AutoCloseable {

    static final String ORIGIN = "demur.invalid/ledger";

    private final Log log;
    private final VerifierKey key;

    Written(Path folder) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        SigningKey signing = new SigningKey(ORIGIN, pair.getPublic(), pair.getPrivate());
        key = signing.verifier();
        log =
                Log.open(
                        new LogSettings(
                                folder,
                                signing,
                                List.of(),
                                List.of(),
                                Duration.ofSeconds(1),
                                broken -> {}));
    }

    /** Writes entries, and publishes them. */
    void write(List<Entry> entries) throws IOException {
        log.append(entries.stream().map(EntryCodec::bytes).toList()).join();
        var unused = log.publish();
    }

    LogReader reader() {
        return log.reader();
    }

    Checkpoint checkpoint() {
        return log.checkpoint();
    }

    long size() {
        return log.checkpoint().head().size();
    }

    VerifierKey key() {
        return key;
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
