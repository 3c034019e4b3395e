package io.demur.cli;

import io.demur.record.DataFolder;
import io.demur.record.policy.InForce;
import io.demur.record.policy.Submitted;
import io.demur.record.policy.SubmittedCodec;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** The gateway of a data folder that runs in another process. */
final class RunningGateway {

    private static final int RULED_MILLIS = 150_000;

    private final ServingNote note;

    private RunningGateway(ServingNote note) {
        this.note = note;
    }

    /** The one of the folder, where its process is there. */
    static Optional<RunningGateway> of(DataFolder folder) {
        return ServingNote.read(folder).filter(ServingNote::isAlive).map(RunningGateway::new);
    }

    /** Where it is, for people. */
    String url() {
        return note.url();
    }

    /**
     * Hands in a signed statement.
     *
     * @param now what is in force, asked where that was changed
     */
    Submitted submit(byte[] signed, Supplier<InForce> now) throws IOException {
        NearbyHttp.Reply reply;
        try {
            reply =
                    NearbyHttp.post(
                            note.url() + "/demur/v1/policy",
                            signed,
                            note.certificate(),
                            RULED_MILLIS);
        } catch (IOException e) {
            throw new IOException(
                    "the gateway at %s, which has the log, does not answer: %s; whether the policy"
                                    .formatted(note.url(), e.getMessage())
                            + " changed is said by `demur policy status`",
                    e);
        }
        return SubmittedCodec.read(reply.body(), now)
                .orElseThrow(
                        () ->
                                new IOException(
                                        "the gateway at %s did not rule on it (HTTP %d); the policy"
                                                        .formatted(note.url(), reply.status())
                                                + " was not changed"));
    }
}
