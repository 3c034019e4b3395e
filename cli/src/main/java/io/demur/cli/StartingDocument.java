package io.demur.cli;

import io.demur.files.output.Json;
import io.demur.files.policy.Preset;
import io.demur.log.note.VerifierKey;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Documents to start from. */
final class StartingDocument {

    private StartingDocument() {}

    /** The names of those that ship. */
    static List<String> names() {
        return Arrays.stream(Preset.values()).map(Preset::word).toList();
    }

    /** A policy of that name; nothing where there is none. */
    static Optional<String> policy(String name) {
        return Arrays.stream(Preset.values())
                .filter(preset -> preset.word().equals(name))
                .findFirst()
                .map(preset -> new String(preset.bytes(), StandardCharsets.UTF_8));
    }

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
