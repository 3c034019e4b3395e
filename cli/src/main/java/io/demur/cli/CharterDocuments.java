package io.demur.cli;

import io.demur.core.Problem;
import io.demur.core.charter.Charter;
import io.demur.files.policy.PolicyFile;
import io.demur.files.policy.TrustFile;
import io.demur.files.policy.TrustText;
import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;
import io.demur.record.policy.Documents;
import io.demur.record.policy.Principal;
import io.demur.record.policy.Trust;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the documents that statements carry, in the form in which people write them. */
final class CharterDocuments implements Documents {

    @Override
    public Optional<Charter> charter(String name, String text, List<Problem> problems) {
        return PolicyFile.read(name, bytes(text), problems);
    }

    @Override
    public Optional<Trust> trust(String name, String text, List<Problem> problems) {
        return TrustFile.read(name, bytes(text), CharterDocuments::keyProblem, problems)
                .map(
                        read ->
                                new Trust(
                                        read.people().stream()
                                                .map(CharterDocuments::principal)
                                                .toList()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What is wrong with a public key in a document. */
    static Optional<String> keyProblem(String vkey) {
        try {
            return VerifierKey.parse(vkey).type() == VerifierKey.Type.ED25519
                    ? Optional.empty()
                    : Optional.of(
                            "`%s` is the key of a witness; it signs no policy".formatted(vkey));
        } catch (Malformed e) {
            return Optional.of(e.getMessage() + "; `demur policy key` prints one");
        }
    }

    private static Principal principal(TrustText.Person person) {
        Set<Principal.Role> roles =
                person.roles().stream()
                        .map(
                                role ->
                                        switch (role) {
                                            case AUTHOR -> Principal.Role.AUTHOR;
                                            case APPROVER -> Principal.Role.APPROVER;
                                        })
                        .collect(Collectors.toUnmodifiableSet());
        return new Principal(
                person.name(), roles, person.keys().stream().map(CharterDocuments::key).toList());
    }

    private static VerifierKey key(String vkey) {
        try {
            return VerifierKey.parse(vkey);
        } catch (Malformed e) {
            throw new IllegalStateException("it was read before", e);
        }
    }
}
