package io.demur.cli;

import io.demur.log.Checkpoint;
import io.demur.log.LogHandler;
import io.demur.log.TrustPolicy;
import io.demur.log.note.VerifierKey;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code demur log checkpoint}: shows what the log has signed last. */
@Command(
        name = "checkpoint",
        description = "Shows the newest checkpoint, how old it is, and who has signed it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class LogCheckpointCommand extends LogTool {

    @Mixin private KeyOptions keys = new KeyOptions();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A trust policy with the witnesses' keys, to check their cosignatures.")
    private @Nullable Path policy;

    @Option(
            names = "--witnessed",
            description = "Shows the newest checkpoint that witnesses have cosigned.")
    private boolean witnessed;

    @Option(
            names = "--raw",
            description = "Writes the bytes of the checkpoint and nothing else, to be kept.")
    private boolean raw;

    @Override
    int run() throws LogFailure, IOException {
        List<VerifierKey> trusted = new ArrayList<>();
        if (policy == null || keys.areGiven()) {
            trusted.addAll(keys.keys(data.folder().keys()));
        }
        if (policy != null) {
            TrustPolicy read = Policies.read(policy);
            trusted.addAll(read.logKeys());
            trusted.addAll(read.witnessKeys());
        }
        String name = witnessed ? LogHandler.WITNESSED : CHECKPOINT;
        Checkpoint checkpoint = checkpoint(name, trusted);
        if (raw) {
            out().print(checkpoint.note());
            out().flush();
            return ExitCode.OK;
        }
        say("log", checkpoint.head().origin());
        say("entries", "%,d".formatted(checkpoint.head().size()));
        say("root", checkpoint.head().root().base64());
        // a checkpoint says nothing of its time; only cosignatures do
        Instant written = Files.getLastModifiedTime(folder().resolve(name)).toInstant();
        say("written", "%s ago, by the file's time".formatted(ago(written)));
        saySignatures(checkpoint, trusted);
        return ExitCode.OK;
    }

    private static String ago(Instant then) {
        Duration age = Duration.between(then, Instant.now());
        if (age.toDays() > 1) {
            return age.toDays() + " days";
        }
        if (age.toHours() > 1) {
            return age.toHours() + " hours";
        }
        return age.toMinutes() > 1 ? age.toMinutes() + " minutes" : age.toSeconds() + " s";
    }
}
