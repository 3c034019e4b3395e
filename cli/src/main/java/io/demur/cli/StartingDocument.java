package io.demur.cli;

import io.demur.files.output.Json;
import io.demur.files.policy.PolicyFile;
import io.demur.log.note.VerifierKey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Documents to start from. */
final class StartingDocument {

    /** The policy that ships, and those beside it for particular uses. */
    static final List<String> NAMES =
            List.of("default", "coding-assistant", "bank", "security-research", "children");

    private StartingDocument() {}

    /** A policy of that name; nothing where this build comes without it. */
    static Optional<String> policy(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        try (InputStream in = PolicyFile.class.getResourceAsStream(name + ".yaml")) {
            if (in != null) {
                return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name.equals(NAMES.getFirst()) ? Optional.of(PLAIN) : Optional.empty();
    }

    /** What a build without documents of its own starts from. */
    private static final String PLAIN =
            """
            # What this service does with requests. `demur policy check` says what that comes to.
            policy: 1
            name: Default

            # One dial from 1 (answers everything but the floor) to 10 (answers nothing).
            # 5 answers what only looks harmful, and refuses what is clear.
            posture: 5
            """;

    /** A list of who may sign, with one person on it. */
    static String trust(VerifierKey key) {
        return """
        # Who may change the policy. `demur policy sign` and `demur policy activate` put this list
        # in force. An author writes; an approver agrees to what somebody else has written. Once the
        # set-up phase is over, to do less takes one of each, and they have to be two people.
        trust: 1

        people:
          - name: %s
            roles: [author, approver]
            keys:
              - %s

          # `demur policy key NAME` makes a second person's key, and prints what to put here:
          # - name: NAME
          #   roles: [author, approver]
          #   keys:
          #     - NAME+1a2b3c4d+…
        """
                .formatted(Json.value(key.name()), Json.value(key.toString()));
    }
}
