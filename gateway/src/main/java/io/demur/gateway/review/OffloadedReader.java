package io.demur.gateway.review;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.offload.OffloadFull;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** A reader that works on threads of its own, and has only so much time. */
public final class OffloadedReader implements SecondReader {

    private final Reader reader;
    private final Offload offload;
    private final Duration patience;

    /**
     * A second reader.
     *
     * @param patience how long an answer waits for one window
     */
    public OffloadedReader(Reader reader, Offload offload, Duration patience) {
        this.reader = Objects.requireNonNull(reader);
        this.offload = Objects.requireNonNull(offload);
        this.patience = Objects.requireNonNull(patience);
    }

    @Override
    public List<JudgeId> ids() {
        return reader.ids();
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // a late one comes undeclared
    public Optional<Said> read(Request asked, String window) {
        if (!reader.reads(window)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Offload.await(offload.submit(() -> reader.read(asked, window)), patience));
        } catch (OffloadFull e) {
            return Optional.empty();
        } catch (Exception e) {
            if (e instanceof TimeoutException) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
