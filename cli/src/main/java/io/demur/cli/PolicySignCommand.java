package io.demur.cli;

import io.demur.files.output.OutputFile;
import io.demur.files.policy.TrustFile;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.record.keys.PersonKey;
import io.demur.record.policy.Draft;
import io.demur.record.policy.PolicyKeeper;
import io.demur.record.policy.PolicyProblem;
import io.demur.record.policy.Principal;
import io.demur.record.policy.Statement;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code demur policy sign}: makes a signed note of a document. */
@Command(
        name = "sign",
        description = {
            "Says what a document would change of what is in force, and signs it.",
            "The document is a policy, or the list of who may sign. Nothing changes until the note"
                    + " is handed in with `demur policy activate`.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class PolicySignCommand extends PolicyTask {

    @Parameters(paramLabel = "FILE", description = "The document, in YAML.")
    private Path file = Path.of("");

    @Mixin private SignerOptions signer = new SignerOptions();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, in a line for the record; to do less needs one.")
    private @Nullable String reason;

    @Option(
            names = "--lasting",
            paramLabel = "30d",
            description =
                    "For how long it holds, in days (d) or hours (h), after which the policy before"
                            + " it holds again; to do less needs that. What ends takes two people"
                            + " and the wait, which comes on top of it.")
    private @Nullable String lasting;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The note (default: the document's name, with the ending .note).")
    private @Nullable Path out;

    @Mixin private DataOptions data = new DataOptions();

    /** As the program runs it. */
    PolicySignCommand() {
        this(Surroundings.ours());
    }

    PolicySignCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run() throws PolicyFailure, IOException, Malformed {
        String document = document(file);
        PersonKey key = signer.key(surroundings);
        Path target = out == null ? beside(file) : out;
        Installation installation = new Installation(data.folder(), surroundings);
        try (PolicySession session = PolicySession.look(installation, surroundings.clock())) {
            PolicyKeeper keeper = session.keeper();
            checkAuthor(key, keeper.trust());
            StatementWords words = new StatementWords(keeper, surroundings.clock().instant());
            boolean trust = TrustFile.isTrust(document);
            Draft.Ready ready =
                    trust ? trust(keeper, words, document) : policy(keeper, words, document);
            say(words.lines(ready.statement(), ready.amendment()));
            boolean two = keeper.takesTwo(ready.statement());
            checkReplaceable(target, ready.statement(), key);
            write(target, PolicyKeeper.sign(ready.statement(), key.signing()));
            say("");
            say("Signed as %s: `%s`.", key.verifier().name(), target);
            if (two) {
                counted(keeper.changes().delay());
            }
            next(two, target, keeper.trust(), key);
        }
        return ExitCode.OK;
    }

    /** An end is fixed when it is signed, and the wait begins only when all have signed. */
    private void counted(Duration delay) throws PolicyFailure {
        Optional<Duration> length = lasting();
        if (length.isPresent()) {
            say(
                    "It can hold %s after it is handed in with both signatures. The %s are counted"
                            + " as if",
                    SaidTime.about(delay), SaidTime.about(length.get()));
            say("that were done now: each hour until then is one less.");
        }
    }

    static String document(Path file) throws PolicyFailure, IOException {
        return new String(SignedNote.bytes(file), StandardCharsets.UTF_8);
    }

    private Draft.Ready policy(PolicyKeeper keeper, StatementWords words, String document)
            throws PolicyFailure {
        Draft draft = keeper.draftPolicy(file.toString(), document, reason(), lasting());
        if (draft instanceof Draft.Impossible none && StatementWords.isWeaker(none.amendment())) {
            say(words.changes(document, none.amendment()));
            checkLength(words);
            checkComplete("this does less than what is in force", lasting == null);
        }
        return ready(draft);
    }

    private void checkLength(StatementWords words) throws PolicyFailure {
        Optional<Duration> longest =
                words.active().map(active -> active.charter().settings().changes().longest());
        Optional<Duration> given = lasting();
        if (given.isPresent() && longest.isPresent() && given.get().compareTo(longest.get()) > 0) {
            throw new PolicyFailure(
                    ExitCode.USAGE,
                    List.of(
                            "--lasting: the policy in force lets a weakening last %s at most, not"
                                    .formatted(SaidTime.about(longest.get()))
                                    .concat(" ")
                                    .concat(SaidTime.about(given.get()))));
        }
    }

    private Draft.Ready trust(PolicyKeeper keeper, StatementWords words, String document)
            throws PolicyFailure {
        if (lasting != null) {
            throw new PolicyFailure(
                    ExitCode.USAGE,
                    List.of(
                            "--lasting: who may sign does not run out: a key that was taken away"
                                    + " would be trusted again"));
        }
        Draft draft = keeper.draftTrust(file.toString(), document, reason());
        boolean readable =
                !(draft instanceof Draft.Impossible none)
                        || none.problems().stream()
                                .allMatch(it -> it.code().equals(PolicyProblem.WEAKER.code()));
        if (readable && !words.isSettingUp()) {
            checkComplete("who may sign is changed as a weakening is", false);
        }
        return ready(draft);
    }

    private Optional<String> reason() throws PolicyFailure {
        String given = reason;
        if (given != null && (given.isBlank() || given.chars().anyMatch(c -> c < ' '))) {
            throw new PolicyFailure(
                    ExitCode.USAGE, List.of("--reason: say why, in words and in one line"));
        }
        return Optional.ofNullable(given).map(String::strip);
    }

    private Optional<Duration> lasting() throws PolicyFailure {
        if (lasting == null) {
            return Optional.empty();
        }
        Optional<Duration> length = SaidTime.length(lasting);
        if (length.isEmpty() || length.get().isZero()) {
            throw new PolicyFailure(
                    ExitCode.USAGE,
                    List.of(
                            "--lasting: `%s` is no length of time such as `30d` or `12h`"
                                    .formatted(lasting)));
        }
        return length;
    }

    static Draft.Ready ready(Draft draft) throws PolicyFailure {
        return switch (draft) {
            case Draft.Ready ready -> ready;
            case Draft.Impossible none -> throw PolicyFailure.of(none.problems());
        };
    }

    /** Refuses a key whose signature would count for nothing. */
    static void checkAuthor(PersonKey key, Optional<Trust> trust) throws PolicyFailure {
        if (trust.isPresent()) {
            check(key, trust.get(), Principal.Role.AUTHOR);
        }
    }

    /** Refuses a key of somebody who has not that role. */
    static Principal check(PersonKey key, Trust trust, Principal.Role role) throws PolicyFailure {
        Optional<Principal> owner = TrustWords.owner(trust, key.verifier());
        if (owner.isEmpty()) {
            throw PolicyFailure.of(
                    "the key `%s` is nobody's whose signature counts here: these sign: %s"
                            .formatted(key.verifier(), TrustWords.oneLine(trust)));
        }
        if (!owner.get().roles().contains(role)) {
            throw PolicyFailure.of(
                    "%s does not have the role `%s`, so this signature would count for nothing;"
                            .formatted(owner.get().name(), PolicyWords.word(role))
                            .concat(" these sign: ")
                            .concat(TrustWords.oneLine(trust)));
        }
        return owner.get();
    }

    /** Refuses a weakening that could never come into force, and says what is missing. */
    private void checkComplete(String why, boolean endless) throws PolicyFailure {
        List<String> missing = new ArrayList<>();
        if (reason == null) {
            missing.add("--reason TEXT (why, in a line for the record)");
        }
        if (endless) {
            missing.add("--lasting 30d (after which the policy before it holds again)");
        }
        if (!missing.isEmpty()) {
            throw new PolicyFailure(
                    ExitCode.USAGE,
                    List.of(
                            "not signed: %s; say %s"
                                    .formatted(why, String.join(" and ", missing))));
        }
    }

    /** A note that others have signed is not written over. */
    private static void checkReplaceable(Path target, Statement statement, PersonKey key)
            throws PolicyFailure, IOException {
        if (!Files.exists(target) || !Files.isRegularFile(target)) {
            return;
        }
        SignedNote there;
        try {
            there = SignedNote.read(target);
        } catch (PolicyFailure e) {
            throw PolicyFailure.of(
                    "`%s` is there already and is no signed note; name another with --out"
                            .formatted(target));
        }
        Set<String> others = new TreeSet<>();
        there.note().signatures().forEach(signature -> others.add(signature.name()));
        others.remove(key.verifier().name());
        if (!others.isEmpty() && !there.statement().equals(statement)) {
            throw PolicyFailure.of(
                    "`%s` bears a signature of %s, which would be lost; name another with --out"
                            .formatted(target, TrustWords.list(others, "and")));
        }
    }

    static void write(Path target, Note note) throws IOException {
        try (OutputFile file = OutputFile.create(target)) {
            file.stream().write(note.bytes());
            file.complete();
        }
    }

    /** The note's name beside a document. */
    static Path beside(Path document) {
        String name = String.valueOf(document.getFileName()).replaceFirst("\\.ya?ml$", "");
        return document.resolveSibling(name + SignedNote.ENDING);
    }

    private void next(boolean two, Path target, Optional<Trust> trust, PersonKey key) {
        if (two) {
            List<String> others = approvers(trust, key);
            say(
                    others.isEmpty()
                            ? "Nobody else may approve it: trust has to name another approver."
                            : "It needs the signature of %s as well:"
                                    .formatted(TrustWords.list(others, "or")));
            say("  demur policy approve %s%s", target, data.said());
        } else {
            say("One signature is enough. To put it in force:");
            say("  demur policy activate %s%s", target, data.said());
        }
    }

    /** Who else may approve. */
    private static List<String> approvers(Optional<Trust> trust, PersonKey key) {
        return trust.map(Trust::principals).orElse(List.of()).stream()
                .filter(person -> person.roles().contains(Principal.Role.APPROVER))
                .filter(person -> !person.keys().contains(key.verifier()))
                .map(Principal::name)
                .toList();
    }
}
