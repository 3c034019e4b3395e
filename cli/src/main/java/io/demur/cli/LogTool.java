package io.demur.cli;

import io.demur.files.output.OutputFile;
import io.demur.log.Checkpoint;
import io.demur.log.LogReader;
import io.demur.log.note.Cosignature;
import io.demur.log.note.Malformed;
import io.demur.log.note.NoteSignature;
import io.demur.log.note.VerifierKey;
import io.demur.log.tile.FolderSource;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** What the commands that read a published log have in common: where it is, and how they talk. */
abstract class LogTool implements Callable<Integer> {

    static final String CHECKPOINT = "checkpoint";

    /** Longer than any receipt, checkpoint or policy. */
    private static final int BYTES_MAX = 4 << 20;

    @Mixin DataOptions data = new DataOptions();

    @Option(
            names = "--log",
            paramLabel = "DIR",
            description = "The folder of the log alone (default: `log` in the data folder).")
    private @Nullable Path folder;

    @Spec private @Nullable CommandSpec spec;

    /** Does the work. */
    abstract int run() throws LogFailure, IOException, InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        try {
            return run();
        } catch (LogFailure e) {
            err().println("demur: " + Terminal.plain(String.valueOf(e.getMessage())));
            return e.exit();
        } catch (IOException e) {
            err().println("demur: " + Terminal.plain(Guarded.words(e)));
            return ExitCode.INPUT_UNREADABLE;
        }
    }

    /** The log's folder, which has to be there. */
    final Path folder() throws LogFailure {
        Path found = folder == null ? data.folder().log() : folder;
        if (!Files.isDirectory(found)) {
            throw new LogFailure(
                    ExitCode.INPUT_UNREADABLE,
                    "`%s` is no folder: name the installation with --data, or the log with --log"
                            .formatted(found));
        }
        return found;
    }

    /** Whether it was named as a log alone, which need not be an installation's. */
    final boolean isNamed() {
        return folder != null;
    }

    final LogReader reader() throws LogFailure {
        return new LogReader(new FolderSource(folder()));
    }

    /** A checkpoint of the log's folder that one of the keys has signed. */
    final Checkpoint checkpoint(String name, List<VerifierKey> keys) throws LogFailure {
        Path file = folder().resolve(name);
        if (!Files.exists(file)) {
            throw new LogFailure(ExitCode.INPUT_UNREADABLE, "`%s` is not there".formatted(file));
        }
        return open(file, keys);
    }

    /** A checkpoint in a file, signed by one of the keys. */
    static Checkpoint open(Path file, List<VerifierKey> keys) throws LogFailure {
        try {
            return Checkpoint.open(read(file), keys);
        } catch (Malformed e) {
            throw new LogFailure(
                    ExitCode.PROBLEMS_FOUND, "`%s`: %s".formatted(file, e.getMessage()));
        }
    }

    static byte[] read(Path file) throws LogFailure {
        // a receipt may come from anybody, and be a pipe that never ends
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new LogFailure(ExitCode.INPUT_UNREADABLE, "`%s` is no file".formatted(file));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw new LogFailure(
                        ExitCode.INPUT_UNREADABLE,
                        "`%s` has more than %,d bytes".formatted(file, BYTES_MAX));
            }
            return bytes;
        } catch (IOException e) {
            throw new LogFailure(ExitCode.INPUT_UNREADABLE, Guarded.words(e));
        }
    }

    /** Writes a file that bears its name only when it is complete. */
    static void write(Path file, byte[] bytes) throws LogFailure {
        try (OutputFile out = OutputFile.create(file)) {
            out.stream().write(bytes);
            out.complete();
        } catch (IOException e) {
            throw new LogFailure(
                    ExitCode.INTERNAL,
                    "`%s` cannot be written: %s".formatted(file, e.getMessage()));
        }
    }

    final PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    final PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    /** One line: what it is, and what it says. */
    final void say(String label, Object value) {
        out().println("%-12s %s".formatted(label, Terminal.plain(value)));
    }

    /** The signatures of a checkpoint, one line each: whose, and since when. */
    final void saySignatures(Checkpoint checkpoint, List<VerifierKey> keys) {
        for (NoteSignature signature : checkpoint.note().signatures()) {
            List<VerifierKey> known =
                    keys.stream()
                            .filter(key -> key.name().equals(signature.name()))
                            .filter(key -> key.id() == signature.keyId())
                            .toList();
            if (known.isEmpty()) {
                say("unchecked", "a signature of `%s`".formatted(signature.name()));
            } else if (known.getFirst().type() == VerifierKey.Type.ED25519) {
                say("signed by", known.getFirst());
            } else {
                say(
                        "cosigned by",
                        "%s at %s".formatted(known.getFirst(), Cosignature.time(signature)));
            }
        }
    }
}
