package io.demur.cli;

import io.demur.files.output.OutputFile;
import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.record.keys.PersonKey;
import io.demur.record.policy.Draft;
import io.demur.record.policy.PolicyKeeper;
import io.demur.record.policy.Statement;
import io.demur.record.policy.Submitted;
import io.demur.record.policy.Trust;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code demur policy init}: the first policy of an installation. */
@Command(
        name = "init",
        description = {
            "Writes a policy document to start from. Where the installation has no policy yet, also"
                    + " a list of who may sign, and puts both in force.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class PolicyInitCommand extends PolicyTask {

    private static final String TRUST = "trust.yaml";

    @Parameters(paramLabel = "FILE", description = "The document to write, such as policy.yaml.")
    private Path file = Path.of("");

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            defaultValue = "default",
            description =
                    "What to start from: default, coding-assistant, bank, security-research,"
                            + " children (default: default).")
    private String preset = "";

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description =
                    "The list of who may sign, to be written (default: trust.yaml beside it).")
    private @Nullable Path trustFile;

    @Mixin private SignerOptions signer = new SignerOptions();

    @Mixin private LogOptions log = new LogOptions();

    /** As the program runs it. */
    PolicyInitCommand() {
        this(Surroundings.ours());
    }

    PolicyInitCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run() throws PolicyFailure, IOException, LogRefused, Malformed {
        String document = document();
        checkFree(file);
        Installation installation = log.installation(surroundings);
        boolean first;
        Optional<Trust> trust;
        try (PolicySession session = PolicySession.look(installation, surroundings.clock())) {
            trust = session.keeper().trust();
            first = isFirst(session.keeper());
        }
        if (!first) {
            write(file, document);
            say("Wrote `%s`. Nothing else was changed: this installation has a policy", file);
            say("already (`demur policy status%s`). To put this one in its place:", log.said());
            next(file);
            return ExitCode.OK;
        }
        Path list = trustFile == null ? file.resolveSibling(TRUST) : trustFile;
        if (trust.isEmpty()) {
            checkFree(list);
        }
        PersonKey key = key();
        try (PolicySession session =
                PolicySession.open(installation, surroundings.clock(), "demur policy init")) {
            if (trust.isPresent()) {
                PolicySignCommand.checkAuthor(key, trust);
            } else {
                String people = StartingDocument.trust(key.verifier());
                write(list, people);
                say("Wrote `%s`, the list of who may sign: %s alone.", list, key.verifier().name());
                submit(session, key, session.keeper().draftTrust(list + "", people, none()), list);
            }
            write(file, document);
            say("Wrote `%s`, the policy: each default says why it is there.", file);
            say("");
            Draft draft = session.keeper().draftPolicy(file + "", document, none(), none());
            int code = submit(session, key, draft, file);
            say("");
            say("To change it, edit `%s`, then", file);
            next(file);
            say("");
            say(
                    "To let a second person sign, run `demur policy key NAME` where they work, put"
                            + " what");
            say("it prints into `%s`, then", list);
            next(list);
            return code;
        }
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }

    private String document() throws PolicyFailure {
        Optional<String> found = StartingDocument.policy(preset);
        if (found.isPresent()) {
            return found.get();
        }
        throw new PolicyFailure(
                ExitCode.USAGE,
                List.of(
                        StartingDocument.names().contains(preset)
                                ? "--preset: this build comes without `%s`".formatted(preset)
                                : "--preset: `%s` is none of %s"
                                        .formatted(
                                                preset,
                                                String.join(", ", StartingDocument.names()))));
    }

    private static void checkFree(Path path) throws PolicyFailure {
        if (Files.exists(path)) {
            throw PolicyFailure.of(
                    "`%s` is there already, and is not overwritten; nothing was changed"
                            .formatted(path));
        }
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw PolicyFailure.of("`%s` is no folder; make it first".formatted(folder));
        }
    }

    /** Whether the log knows of no policy, so that this one is the first. */
    private static boolean isFirst(PolicyKeeper keeper) {
        return keeper.history().stream().allMatch(event -> event.action().equals("trusted"));
    }

    /** The key that signs; it is made where there is none. */
    private PersonKey key() throws PolicyFailure, IOException {
        Path folder = surroundings.signingKeys();
        String user = surroundings.environment().getOrDefault("USER", "");
        String name = signer.name(PolicyKeyCommand.isName(user) ? user : "author");
        Path path = signer.isOpen(folder) ? SignerOptions.in(folder, name) : signer.path(folder);
        if (Files.exists(path)) {
            return PersonKey.read(path);
        }
        if (!PolicyKeyCommand.isName(name)) {
            throw new PolicyFailure(
                    ExitCode.USAGE, List.of("--as: `%s` is no name for a key".formatted(name)));
        }
        if (!signer.isFile()) {
            Private.folder(folder);
        }
        PersonKey made = PolicyKeyCommand.make(name, path, surroundings);
        say("Made a key for `%s` in `%s`, which nobody else can read.", name, path);
        return made;
    }

    private int submit(PolicySession session, PersonKey key, Draft draft, Path document)
            throws PolicyFailure, IOException {
        Statement statement = PolicySignCommand.ready(draft).statement();
        Note note = PolicyKeeper.sign(statement, key.signing());
        if (statement instanceof Statement.PolicyStatement) {
            return handIn(session, note, statement, "", log.said());
        }
        return switch (session.submit(note)) {
            case Submitted.Activated done -> ExitCode.OK;
            case Submitted.Rejected rejected -> throw PolicyFailure.of(rejected.problems());
            case Submitted.NeedsApproval open -> throw unexpected(document);
            case Submitted.Waiting waiting -> throw unexpected(document);
        };
    }

    private static PolicyFailure unexpected(Path document) {
        return PolicyFailure.of(
                "`%s` was written and could not be put in force by one person".formatted(document));
    }

    private void next(Path document) {
        say("  demur policy sign %s%s", document, log.said());
        say("  demur policy activate %s%s", PolicySignCommand.beside(document), log.said());
    }

    private static void write(Path path, String text) throws IOException {
        try (OutputFile out = OutputFile.create(path)) {
            out.stream().write(text.getBytes(StandardCharsets.UTF_8));
            out.complete();
        }
    }
}
