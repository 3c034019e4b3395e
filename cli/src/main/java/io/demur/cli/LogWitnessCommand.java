package io.demur.cli;

import io.demur.log.Checkpoint;
import io.demur.log.LogHandler;
import io.demur.log.LogReader;
import io.demur.log.TrustPolicy;
import io.demur.log.TrustPolicy.TrustedWitness;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.log.note.NoteSignature;
import io.demur.log.note.VerifierKey;
import io.demur.log.witness.Answer;
import io.demur.log.witness.Witness;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code demur log witness}: has the newest checkpoint cosigned. */
@Command(
        name = "witness",
        description = {
            "Asks the witnesses of a trust policy to cosign the newest checkpoint, and writes it as"
                    + " `checkpoint.witnessed` once the policy's quorum is reached.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class LogWitnessCommand extends LogTool {

    @Option(
            names = "--policy",
            required = true,
            paramLabel = "FILE",
            description = "The trust policy, whose `witness` lines end in the witnesses' URLs.")
    private Path policy = Path.of("");

    @Mixin private KeyOptions keys = new KeyOptions();

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long each request may take (default: 10).")
    private int seconds = 10;

    @Override
    int run() throws LogFailure, IOException, InterruptedException {
        if (seconds < 1) {
            throw new LogFailure(
                    ExitCode.USAGE, "--deadline: `%d` is less than 1".formatted(seconds));
        }
        TrustPolicy rules = Policies.read(policy);
        if (rules.logs().isEmpty() || keys.areGiven()) {
            rules = rules.withLogs(keys.keys(data.folder().keys()));
        }
        LogReader reader = reader();
        Checkpoint checkpoint = checkpoint(CHECKPOINT, rules.logKeys());
        say("log", checkpoint.head().origin());
        say("entries", "%,d".formatted(checkpoint.head().size()));
        Optional<Checkpoint> before = before(rules);
        long seen = before.map(last -> last.head().size()).orElse(0L);
        // what has been cosigned of the very same text need not be lost
        Note note =
                before.filter(last -> last.note().text().equals(checkpoint.note().text()))
                        .map(Checkpoint::note)
                        .orElse(checkpoint.note());
        boolean alarm = false;
        int asked = 0;
        for (TrustedWitness trusted : rules.witnesses()) {
            if (trusted.address().isEmpty()) {
                say(trusted.name(), "not asked: the policy has no URL of it");
                continue;
            }
            asked++;
            Answer answer;
            try (Witness witness = witness(trusted)) {
                answer = witness.cosign(checkpoint, seen, reader);
            }
            say(trusted.name(), answer.words());
            alarm |= answer instanceof Answer.RolledBack || answer instanceof Answer.Forked;
            if (answer instanceof Answer.Cosigned cosigned) {
                note = replaced(note, trusted.key(), cosigned.signatures());
            }
        }
        if (asked == 0) {
            throw new LogFailure(
                    ExitCode.USAGE, "`%s` names no witness with a URL".formatted(policy));
        }
        Checkpoint witnessed = new Checkpoint(checkpoint.head(), note);
        Optional<String> fault = rules.fault(witnessed);
        if (fault.isPresent()) {
            say("result", "not written: " + fault.get());
            return ExitCode.PROBLEMS_FOUND;
        }
        Path file = folder().resolve(LogHandler.WITNESSED);
        write(file, witnessed.bytes());
        say("result", "`%s` is written".formatted(file));
        return alarm ? ExitCode.PROBLEMS_FOUND : ExitCode.OK;
    }

    /** What was cosigned last; nothing where it cannot be used, since it is only a short cut. */
    private Optional<Checkpoint> before(TrustPolicy rules) throws LogFailure {
        Path file = folder().resolve(LogHandler.WITNESSED);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Checkpoint last = Checkpoint.parse(read(file));
            List<VerifierKey> all = new ArrayList<>(rules.logKeys());
            all.addAll(rules.witnessKeys());
            last.signedBy(all);
            return Optional.of(last);
        } catch (Malformed e) {
            say("note", "`%s`: %s".formatted(file, e.getMessage()));
            return Optional.empty();
        }
    }

    private Witness witness(TrustedWitness trusted) throws LogFailure {
        try {
            return new Witness(
                    trusted.key(), trusted.address().orElseThrow(), Duration.ofSeconds(seconds));
        } catch (IllegalArgumentException e) {
            throw new LogFailure(
                    ExitCode.INPUT_UNREADABLE, "`%s`: %s".formatted(policy, e.getMessage()));
        }
    }

    /** The newest cosignature of a witness instead of the one before it. */
    private static Note replaced(Note note, VerifierKey key, List<NoteSignature> signatures) {
        List<NoteSignature> kept = new ArrayList<>(note.signatures());
        kept.removeIf(old -> old.name().equals(key.name()) && old.keyId() == key.id());
        kept.addAll(signatures);
        return new Note(note.text(), kept);
    }
}
