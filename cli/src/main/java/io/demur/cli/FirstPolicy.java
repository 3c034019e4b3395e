package io.demur.cli;

import io.demur.core.Problem;
import io.demur.files.output.OutputFile;
import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.record.keys.PersonKey;
import io.demur.record.policy.Draft;
import io.demur.record.policy.PolicyKeeper;
import io.demur.record.policy.Submitted;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The policy of an installation that has none: the default one, signed by whoever starts it. It is
 * in the set-up phase, in which one person may change it freely.
 */
final class FirstPolicy {

    private FirstPolicy() {}

    /**
     * Puts it in force; the document lies in the data folder then, to be edited. What lies there
     * already is no policy before somebody has signed it, and nobody signs here for anybody else.
     *
     * @return the documents that lie there and say something else
     */
    static List<Path> put(Installation installation, Surroundings surroundings)
            throws IOException, LogRefused, Malformed {
        Path root = installation.folder().root();
        List<Path> others = new ArrayList<>();
        PersonKey key = key(surroundings);
        try (PolicySession session =
                PolicySession.open(installation, surroundings.clock(), "demur serve")) {
            PolicyKeeper keeper = session.keeper();
            if (keeper.trust().isEmpty()) {
                Path list = root.resolve("trust.yaml");
                String people = StartingDocument.trust(key.verifier());
                write(list, people, others);
                submit(session, key, keeper.draftTrust(list + "", people, Optional.empty()));
            }
            Path document = root.resolve("policy.yaml");
            String text = StartingDocument.policy("default").orElseThrow();
            write(document, text, others);
            submit(
                    session,
                    key,
                    keeper.draftPolicy(document + "", text, Optional.empty(), Optional.empty()));
        }
        return others;
    }

    /** The key of the person who starts it, made where there is none. */
    private static PersonKey key(Surroundings surroundings) throws IOException {
        String user = surroundings.environment().getOrDefault("USER", "");
        String name = PolicyKeyCommand.isName(user) ? user : "author";
        Path folder = surroundings.signingKeys();
        Path path = SignerOptions.in(folder, name);
        if (Files.exists(path)) {
            return PersonKey.read(path);
        }
        Private.folder(folder);
        return PolicyKeyCommand.make(name, path, surroundings);
    }

    private static void submit(PolicySession session, PersonKey key, Draft draft)
            throws IOException {
        switch (draft) {
            case Draft.Impossible none -> throw failed(none.problems());
            case Draft.Ready ready -> {
                switch (session.submit(PolicyKeeper.sign(ready.statement(), key.signing()))) {
                    case Submitted.Activated done -> {}
                    case Submitted.Rejected rejected -> throw failed(rejected.problems());
                    case Submitted.NeedsApproval open -> throw failed(List.of());
                    case Submitted.Waiting waiting -> throw failed(List.of());
                }
            }
        }
    }

    private static IOException failed(List<Problem> problems) {
        return new IOException(
                "the first policy could not be put in force alone: `%s`; see `demur policy status`"
                        .formatted(
                                problems.isEmpty()
                                        ? "it takes another person"
                                        : problems.getFirst().message()));
    }

    /** Writes a document unless one lies there, and notes one that says something else. */
    static void write(Path path, String text, List<Path> others) throws IOException {
        if (Files.exists(path)) {
            if (!Arrays.equals(Files.readAllBytes(path), text.getBytes(StandardCharsets.UTF_8))) {
                others.add(path);
            }
            return;
        }
        try (OutputFile out = OutputFile.create(path)) {
            out.stream().write(text.getBytes(StandardCharsets.UTF_8));
            out.complete();
        }
    }
}
