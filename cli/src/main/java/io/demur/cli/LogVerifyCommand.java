package io.demur.cli;

import io.demur.log.Checkpoint;
import io.demur.log.FileAnchor;
import io.demur.log.Fsck;
import io.demur.log.LogHandler;
import io.demur.log.LogReader;
import io.demur.log.TreeHead;
import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;
import io.demur.log.tile.FolderSource;
import io.demur.record.Completeness;
import io.demur.record.entry.EntryCodec;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code demur log verify}: checks all of a log, without a network. */
@Command(
        name = "verify",
        description = {
            "Checks the whole log: derives every hash and the root anew from the entries, and"
                    + " compares them with the files and the signed checkpoint.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class LogVerifyCommand extends LogTool {

    private static final int SHOWN_MAX = 50;

    @Mixin private KeyOptions keys = new KeyOptions();

    @Option(
            names = "--since",
            paramLabel = "CHECKPOINT",
            description =
                    "A checkpoint of this log that was kept elsewhere: shows that nothing which it"
                            + " covers was taken out or changed since.")
    private @Nullable Path since;

    @Option(
            names = "--running",
            description = "A process may be writing now: attempts without outcome are no problem.")
    private boolean running;

    @Override
    int run() throws LogFailure, IOException {
        FolderSource source = new FolderSource(folder());
        List<VerifierKey> trusted = keys.keys(data.folder().keys());
        Path file = source.folder().resolve(CHECKPOINT);
        List<String> problems = new ArrayList<>();
        if (!Files.exists(file)) {
            out().println("problem      `%s` is missing".formatted(CHECKPOINT));
            return ExitCode.PROBLEMS_FOUND;
        }
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(read(file));
        } catch (Malformed e) {
            say("problem", "`%s`: %s".formatted(CHECKPOINT, e.getMessage()));
            return ExitCode.PROBLEMS_FOUND;
        }
        TreeHead head = checkpoint.head();
        say("log", head.origin());
        say("entries", "%,d".formatted(head.size()));
        say("root", head.root().base64());
        try {
            checkpoint.signedBy(trusted);
            saySignatures(checkpoint, trusted);
        } catch (Malformed e) {
            problems.add("`%s`: %s".formatted(CHECKPOINT, e.getMessage()));
        }
        Fsck.Report report = Fsck.check(source, head);
        if (report.isSound()) {
            witnessed(source, head, trusted, problems);
            since(source, head, trusted, problems);
            anchored(source, head, problems);
        } else if (since != null) {
            out().println("note         --since was not looked at: the log has to be sound first");
        }
        report.notes().forEach(note -> say("note", note));
        long count = problems.size() + report.problemCount();
        problems.addAll(report.problems());
        if (report.isSound()) {
            count += complete(source, head, problems);
        }
        problems.stream().limit(SHOWN_MAX).forEach(problem -> say("problem", problem));
        if (count > SHOWN_MAX) {
            say("", "and %,d more".formatted(count - SHOWN_MAX));
        }
        say(
                "result",
                count == 0
                        ? "sound: every file agrees with the entries, and the entries with the"
                                + " checkpoint"
                        : "%,d %s".formatted(count, count == 1 ? "problem" : "problems"));
        return count == 0 ? ExitCode.OK : ExitCode.PROBLEMS_FOUND;
    }

    /** Whether every attempt has its outcome: what the entries say, beyond that they are there. */
    private long complete(FolderSource source, TreeHead head, List<String> problems)
            throws IOException {
        LogReader reader = new LogReader(source);
        try {
            if (isNamed() && !isOurs(reader, head)) {
                say("note", "the entries are not Demur's: the tree alone was checked");
                return 0;
            }
            Completeness.Report report = Completeness.check(reader, head.size(), running);
            say(
                    "attempts",
                    "%,d, with %,d outcomes; %,d open; %,d processes ended without a word"
                            .formatted(
                                    report.attempts(),
                                    report.outcomes(),
                                    report.open(),
                                    report.crashes()));
            report.notes().stream().limit(SHOWN_MAX).forEach(note -> say("note", note));
            problems.addAll(report.problems());
            return report.problemsCounted();
        } catch (Malformed e) {
            problems.add(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    /** Every log of an installation begins with an entry of Demur's. */
    private static boolean isOurs(LogReader reader, TreeHead head) throws IOException {
        if (head.size() == 0) {
            return false;
        }
        try {
            reader.entries(0, 1, head.size(), (index, entry) -> EntryCodec.read(entry));
            return true;
        } catch (Malformed e) {
            return false;
        }
    }

    /** What witnesses have cosigned last has to be a beginning of this log. */
    private static void witnessed(
            FolderSource source, TreeHead head, List<VerifierKey> trusted, List<String> problems) {
        Path file = source.folder().resolve(LogHandler.WITNESSED);
        if (Files.exists(file)) {
            try {
                Fsck.since(open(file, trusted).head(), source, head)
                        .map(fault -> "`%s`: %s".formatted(LogHandler.WITNESSED, fault))
                        .ifPresent(problems::add);
            } catch (LogFailure e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * What this machine knows to have been signed has to be a beginning of an installation's log.
     */
    private void anchored(FolderSource source, TreeHead head, List<String> problems)
            throws IOException {
        Path file = new Installation(data.folder()).anchor(head.origin());
        if (isNamed() || !Files.exists(file)) {
            return;
        }
        Optional<TreeHead> last = new FileAnchor(file).last();
        if (last.isPresent()) {
            Fsck.since(last.get(), source, head)
                    .map(fault -> "the anchor `%s`: %s".formatted(file, fault))
                    .ifPresent(problems::add);
        }
    }

    private void since(
            FolderSource source, TreeHead head, List<VerifierKey> trusted, List<String> problems)
            throws LogFailure {
        if (since == null) {
            return;
        }
        TreeHead earlier = open(since, trusted).head();
        String name = since.toString();
        Fsck.since(earlier, source, head)
                .ifPresentOrElse(
                        fault -> problems.add("`%s`: %s".formatted(name, fault)),
                        () ->
                                say(
                                        "since",
                                        "the %,d entries of `%s` are still the same"
                                                .formatted(earlier.size(), name)));
    }
}
