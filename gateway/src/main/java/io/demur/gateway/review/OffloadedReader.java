package io.demur.gateway.review;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.offload.OffloadFull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A reader that takes long, on threads of its own. Safe for use by several threads. */
public final class OffloadedReader implements Second {

    private final Reader reader;
    private final Offload offload;
    private final Duration patience;

    /**
     * Reads elsewhere.
     *
     * @param patience how long an exchange waits; beyond that it counts as failed
     */
    public OffloadedReader(Reader reader, Offload offload, Duration patience) {
        this.reader = reader;
        this.offload = offload;
        this.patience = patience;
    }

    @Override
    public List<JudgeId> ids() {
        return reader.ids();
    }

    @Override
    public Optional<Said> read(Request asked, String window) {
        try {
            return Optional.of(
                    Offload.await(offload.submit(() -> reader.read(asked, window)), patience));
        } catch (OffloadFull e) {
            return Optional.empty();
        }
    }
}
