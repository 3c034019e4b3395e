package io.demur.cli;

import io.demur.log.Checkpoint;
import io.demur.log.LogHandler;
import io.demur.log.LogReader;
import io.demur.log.Receipt;
import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code demur log proof}: writes the receipt of one entry. */
@Command(
        name = "proof",
        description = {
            "Writes a receipt: one file which proves that an entry is in the log, to whoever has"
                    + " the log's key.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class LogProofCommand extends LogTool {

    private static final Pattern INDEX = Pattern.compile("\\d{1,18}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

    @Mixin private KeyOptions keys = new KeyOptions();

    @Parameters(
            paramLabel = "ID|INDEX",
            description =
                    "Which entry: its index, or an id such as `att_...`. An id that several"
                            + " entries bear means the first of them.")
    private String named = "";

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Of the entries that bear the id, the first of this type: OUTCOME.")
    private @Nullable String type;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where the receipt goes; such files are called `*.tlog-proof`.")
    private Path out = Path.of("");

    @Option(
            names = "--witnessed",
            description =
                    "Proves it under the newest checkpoint that witnesses have cosigned, which may"
                            + " not cover the newest entries.")
    private boolean witnessed;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Found(long index, byte[] entry) {}

    @Override
    int run() throws LogFailure, IOException {
        LogReader reader = reader();
        List<VerifierKey> trusted = keys.keys(data.folder().keys());
        long published = checkpoint(CHECKPOINT, trusted).head().size();
        String name = witnessed ? LogHandler.WITNESSED : CHECKPOINT;
        Checkpoint checkpoint = checkpoint(name, trusted);
        Found found =
                INDEX.matcher(named).matches()
                        ? byIndex(reader, published)
                        : byId(reader, published);
        long size = checkpoint.head().size();
        if (found.index >= size) {
            throw new LogFailure(
                    ExitCode.INPUT_UNREADABLE,
                    "`%s` covers %,d entries, not yet entry %d".formatted(name, size, found.index));
        }
        Receipt receipt = Receipt.of(found.entry, found.index, checkpoint, published, reader);
        Optional<String> fault = receipt.fault(found.entry);
        if (fault.isPresent()) {
            throw new LogFailure(
                    ExitCode.PROBLEMS_FOUND,
                    "the log does not prove its entry %d: %s; `demur log verify` says more"
                            .formatted(found.index, fault.get()));
        }
        write(out, receipt.bytes());
        say("entry", "%d of %,d in `%s`".formatted(found.index, size, checkpoint.head().origin()));
        say("receipt", out);
        return ExitCode.OK;
    }

    private Found byIndex(LogReader reader, long size) throws LogFailure, IOException {
        long index = Long.parseLong(named);
        if (index >= size) {
            throw new LogFailure(
                    ExitCode.INPUT_UNREADABLE,
                    "no entry %d: the checkpoint covers %,d".formatted(index, size));
        }
        List<Found> found = new ArrayList<>();
        visit(reader, index, index + 1, size, (at, entry) -> found.add(new Found(at, entry)));
        return found.getFirst();
    }

    /**
     * Looks through all entries: they are canonical JSON, so that an id stands there in one way.
     */
    private Found byId(LogReader reader, long size) throws LogFailure, IOException {
        if (!ID.matcher(named).matches()) {
            throw new LogFailure(
                    ExitCode.USAGE, "`%s` is neither an index nor an id".formatted(named));
        }
        String value = ":\"" + named + "\"";
        String wanted = type == null ? "" : "\"t\":\"" + type + "\"";
        List<Found> first = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        visit(
                reader,
                0,
                size,
                size,
                (index, entry) -> {
                    String text = new String(entry, StandardCharsets.ISO_8859_1);
                    boolean bears =
                            text.contains("\"id\"" + value) || text.contains("\"attempt\"" + value);
                    if (bears && text.contains(wanted)) {
                        if (first.isEmpty()) {
                            first.add(new Found(index, entry));
                        } else if (others.size() < 10) {
                            others.add(index);
                        }
                    }
                });
        if (first.isEmpty()) {
            throw new LogFailure(
                    ExitCode.INPUT_UNREADABLE,
                    "no entry%s among the %,d that the checkpoint covers bears the id `%s`"
                            .formatted(type == null ? "" : " of type `" + type + "`", size, named));
        }
        if (!others.isEmpty()) {
            String list = String.join(", ", others.stream().map(i -> i.toString()).toList());
            say("note", "entries %s bear this id as well; --type chooses".formatted(list));
        }
        return first.getFirst();
    }

    private static void visit(
            LogReader reader, long from, long to, long size, LogReader.Visitor visitor)
            throws LogFailure, IOException {
        try {
            reader.entries(from, to, size, visitor);
        } catch (Malformed e) {
            throw new LogFailure(
                    ExitCode.PROBLEMS_FOUND,
                    "%s; `demur log verify` says more".formatted(e.getMessage()));
        }
    }
}
