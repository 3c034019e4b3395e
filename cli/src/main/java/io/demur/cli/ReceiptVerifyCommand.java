package io.demur.cli;

import io.demur.log.Checkpoint;
import io.demur.log.Receipt;
import io.demur.log.TrustPolicy;
import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code demur log receipt verify}: checks a receipt, without a log and without a network. */
@Command(
        name = "verify",
        description = {
            "Checks a receipt: that the entry is in the tree, and that the tree was signed by the"
                    + " log (and by witnesses, where a policy asks for them). Needs no log.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class ReceiptVerifyCommand extends LogTool {

    @Parameters(paramLabel = "FILE", description = "The receipt.")
    private Path file = Path.of("");

    @Option(
            names = "--entry",
            paramLabel = "FILE",
            description =
                    "The entry's bytes (default: those that came with the receipt, which its path"
                            + " then has to speak for).")
    private @Nullable Path entry;

    @Mixin private KeyOptions keys = new KeyOptions();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A trust policy: which logs, and how many of which witnesses.")
    private @Nullable Path policy;

    @Override
    int run() throws LogFailure {
        List<VerifierKey> trusted = new ArrayList<>();
        Optional<TrustPolicy> rules = Optional.empty();
        if (policy != null) {
            TrustPolicy read = Policies.read(policy);
            if (keys.areGiven()) {
                read = read.withLogs(keys.keys(data.folder().keys()));
            }
            trusted.addAll(read.logKeys());
            trusted.addAll(read.witnessKeys());
            rules = Optional.of(read);
        } else {
            trusted.addAll(keys.keys(data.folder().keys()));
        }
        Receipt receipt = receipt();
        byte[] proven = proven(receipt);
        Checkpoint checkpoint = receipt.checkpoint();
        say("log", checkpoint.head().origin());
        say("entry", "%d of %,d".formatted(receipt.index(), checkpoint.head().size()));
        Optional<String> fault = receipt.fault(proven).or(() -> extraFault(receipt, proven));
        try {
            if (rules.isPresent()) {
                rules.get().verify(checkpoint);
            } else {
                checkpoint.signedBy(trusted);
            }
            saySignatures(checkpoint, trusted);
        } catch (Malformed e) {
            fault = fault.or(() -> Optional.of(String.valueOf(e.getMessage())));
        }
        if (fault.isPresent()) {
            say("result", "NOT PROVEN: " + fault.get());
            return ExitCode.PROBLEMS_FOUND;
        }
        say("content", new String(proven, StandardCharsets.UTF_8));
        say("result", "proven: this entry is in the log, under a signed checkpoint");
        return ExitCode.OK;
    }

    private Receipt receipt() throws LogFailure {
        try {
            return Receipt.parse(read(file));
        } catch (Malformed e) {
            throw new LogFailure(
                    ExitCode.PROBLEMS_FOUND,
                    "`%s` is no receipt: %s".formatted(file, e.getMessage()));
        }
    }

    private byte[] proven(Receipt receipt) throws LogFailure {
        if (entry != null) {
            return read(entry);
        }
        return receipt.extra()
                .map(Receipt.Extra::bytes)
                .orElseThrow(
                        () ->
                                new LogFailure(
                                        ExitCode.USAGE,
                                        "the receipt does not hold the entry itself: name a file"
                                                + " with --entry"));
    }

    /** An entry of ours that came along must be the one that was asked about. */
    private static Optional<String> extraFault(Receipt receipt, byte[] proven) {
        boolean other =
                receipt.extra().isPresent()
                        && !Arrays.equals(receipt.extra().get().bytes(), proven);
        return other
                ? Optional.of("the receipt holds another entry than the one that was named")
                : Optional.empty();
    }
}
