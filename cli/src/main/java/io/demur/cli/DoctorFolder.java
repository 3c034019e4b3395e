package io.demur.cli;

import io.demur.core.charter.Settings;
import io.demur.log.Checkpoint;
import io.demur.log.FileAnchor;
import io.demur.log.LogHandler;
import io.demur.log.LogReader;
import io.demur.log.TreeHead;
import io.demur.log.note.Cosignature;
import io.demur.log.note.Malformed;
import io.demur.log.note.NoteSignature;
import io.demur.log.note.VerifierKey;
import io.demur.record.keys.KeyRing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at an installation's files: whose they are, its disk, its log, its anchor, its clock. */
final class DoctorFolder {

    private static final int TRIES = 7;
    private static final Duration SLOW = Duration.ofMillis(50);
    private static final Duration AHEAD = Duration.ofMinutes(1);
    private static final Duration WITNESSED = Duration.ofDays(7);

    private final Installation installation;
    private final Instant now;
    private final Path root;

    DoctorFolder(Installation installation, Instant now) {
        this.installation = installation;
        this.now = now;
        root = installation.folder().root();
    }

    /** Who but the owner may read keys and bodies. */
    List<Finding> modes(Optional<Path> config, Path signing) throws IOException {
        List<Finding> found = new ArrayList<>();
        List<Path> secret = new ArrayList<>();
        for (Path path : Modes.in(installation.folder().keys())) {
            // public halves are for everybody, and a lock holds nothing
            String name = String.valueOf(path.getFileName());
            if (!name.equals(KeyRing.VKEYS) && !name.startsWith(".")) {
                secret.add(path);
            }
        }
        for (Path path : Modes.in(signing)) {
            if (path.toString().endsWith(".key")) {
                secret.add(path);
            }
        }
        if (Files.exists(installation.folder().store())) {
            secret.add(installation.folder().store());
        }
        int well = 0;
        for (Path path : secret) {
            if (Modes.isOpen(path) || Modes.isWritable(path)) {
                found.add(
                        Finding.bad(
                                "modes",
                                "`%s` is open to others (%s)".formatted(path, Modes.said(path)),
                                "chmod go= '%s', and think of what it holds as known"
                                        .formatted(path)));
            } else {
                well++;
            }
        }
        if (Modes.isWritable(root)) {
            found.add(
                    Finding.bad(
                            "modes",
                            "others may change what is in `%s`".formatted(root),
                            "chmod go-w '%s'".formatted(root)));
        }
        if (config.isPresent() && Modes.isWritable(config.get())) {
            found.add(
                    Finding.bad(
                            "modes",
                            "others may change `%s`".formatted(config.get()),
                            "chmod go-w '%s'".formatted(config.get())));
        }
        if (found.isEmpty()) {
            found.add(
                    Finding.ok("modes", "%d files with secrets are their owner's".formatted(well)));
        }
        return found;
    }

    /** Whether the disk takes what is written, and how long that is. */
    Finding disk() {
        long[] nanos = new long[TRIES];
        Path file = root.resolve(".doctor-" + ProcessHandle.current().pid());
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (int i = 0; i < TRIES; i++) {
                    long started = System.nanoTime();
                    channel.write(ByteBuffer.allocate(4096));
                    channel.force(false);
                    nanos[i] = System.nanoTime() - started;
                }
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return Finding.bad(
                    "disk",
                    "nothing can be forced to the disk in `%s`: %s"
                            .formatted(root, Guarded.words(e)),
                    "every request waits for that: free the disk, or move the folder");
        }
        Arrays.sort(nanos);
        Duration middle = Duration.ofNanos(nanos[TRIES / 2]);
        String words =
                "4 kB are on the disk after %.2f ms (the middle of %d tries)"
                        .formatted(middle.toNanos() / 1e6, TRIES);
        return middle.compareTo(SLOW) > 0
                ? Finding.warn("disk", words, "each request waits for two of these")
                : Finding.ok("disk", words);
    }

    /** The log as it is published, against its anchor, and who has witnessed it. */
    List<Finding> log(Settings.Witnesses demanded) throws IOException, Malformed {
        List<Finding> found = new ArrayList<>();
        Path file = installation.folder().log().resolve(LogTool.CHECKPOINT);
        Checkpoint checkpoint = installation.reader().checkpoint(installation.vkeys());
        Instant signed = Files.getLastModifiedTime(file).toInstant();
        found.add(
                Finding.ok(
                        "log",
                        "%,d entries, the newest checkpoint signed %s"
                                .formatted(checkpoint.head().size(), SaidTime.at(signed, now))));
        found.add(anchor(checkpoint.head().origin()));
        found.add(witnessed(demanded));
        return found;
    }

    private Finding anchor(String origin) throws IOException, Malformed {
        Path file = installation.anchor(origin);
        Optional<TreeHead> known = new FileAnchor(file).last();
        if (known.isEmpty()) {
            return Finding.bad(
                    "anchor",
                    "there is none for this log at `%s`".formatted(file),
                    "see --new-anchor of `demur policy activate`, once you know that no newer copy"
                            + " of the log is anywhere");
        }
        Optional<Installation.Behind> behind = installation.behind();
        if (behind.isPresent()) {
            return Finding.bad(
                    "anchor",
                    "the anchor knows %,d entries, the log has %,d"
                            .formatted(behind.get().known(), behind.get().size()),
                    "an older copy was put back: find the newest");
        }
        return Finding.ok(
                "anchor", "outside the folder, it knows %,d entries".formatted(known.get().size()));
    }

    /** Who has cosigned the log, of those that the policy names: a file by itself says nothing. */
    private Finding witnessed(Settings.Witnesses demanded) throws IOException, Malformed {
        Path file = installation.folder().log().resolve(LogHandler.WITNESSED);
        String how = "`demur log witness` has it cosigned by somebody else; do so by the clock";
        if (!Files.exists(file)) {
            return unseen("nobody outside has seen the log", demanded, how);
        }
        List<VerifierKey> witnesses = new ArrayList<>();
        for (String key : demanded.keys()) {
            witnesses.add(VerifierKey.parse(key));
        }
        List<VerifierKey> known = new ArrayList<>(installation.vkeys());
        known.addAll(witnesses);
        Checkpoint seen = Checkpoint.parse(Files.readAllBytes(file));
        Set<VerifierKey> signers = new HashSet<>(seen.signedBy(known));
        signers.retainAll(witnesses);
        // read behind what was cosigned, which it has to hold
        LogReader reader = installation.reader();
        TreeHead newest = reader.checkpoint(installation.vkeys()).head();
        if (seen.head().size() > newest.size()
                || !reader.root(seen.head().size()).equals(seen.head().root())) {
            return Finding.bad(
                    "witness",
                    "the log is not what was cosigned of it at %,d entries"
                            .formatted(seen.head().size()),
                    "an older or another copy was put in its place: find the one that was seen");
        }
        if (witnesses.isEmpty()) {
            return Finding.warn(
                    "witness",
                    "`%s` bears %d signatures, and the policy names no witness to know them by"
                            .formatted(LogHandler.WITNESSED, seen.note().signatures().size()),
                    "name the witnesses in the policy, or check it by `demur log verify --policy`");
        }
        int needed = Math.max(1, demanded.quorum());
        if (signers.size() < needed) {
            return unseen(
                    "%d of the policy's witnesses have cosigned the log, of %d that it takes"
                            .formatted(signers.size(), needed),
                    demanded,
                    how);
        }
        Instant at = since(seen, signers, needed);
        String words =
                "%,d of %,d entries are cosigned by %d witnesses, %s"
                        .formatted(
                                seen.head().size(),
                                newest.size(),
                                signers.size(),
                                SaidTime.at(at, now));
        return Duration.between(at, now).compareTo(WITNESSED) > 0
                ? Finding.warn("witness", words, how)
                : Finding.ok("witness", words);
    }

    private static Finding unseen(String words, Settings.Witnesses demanded, String how) {
        return demanded.quorum() > 0
                ? Finding.bad("witness", words + ", as the policy demands", how)
                : Finding.warn("witness", words, how);
    }

    /** Since when enough of them have signed, by what they say themselves. */
    private static Instant since(Checkpoint seen, Set<VerifierKey> signers, int needed) {
        return seen.note().signatures().stream()
                .filter(
                        it ->
                                signers.stream()
                                        .anyMatch(
                                                key ->
                                                        key.name().equals(it.name())
                                                                && key.id() == it.keyId()))
                .map(DoctorFolder::time)
                .sorted(Comparator.reverseOrder())
                .limit(needed)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static Instant time(NoteSignature signature) {
        try {
            return Cosignature.time(signature);
        } catch (IllegalArgumentException e) {
            return Instant.EPOCH; // it says no time: as if long ago
        }
    }

    /**
     * Whether the clock can be right: nothing that was written lies in the future.
     *
     * @param last the time of the log's last entry
     */
    Finding clock(Optional<Instant> last) throws IOException {
        Instant newest = last.orElse(Instant.EPOCH);
        String what = "the log's last entry";
        for (Path path : Modes.in(root)) {
            Instant changed = Files.getLastModifiedTime(path).toInstant();
            if (changed.isAfter(newest)) {
                newest = changed;
                what = "`%s`".formatted(path.getFileName());
            }
        }
        return newest.isAfter(now.plus(AHEAD))
                ? Finding.bad(
                        "clock",
                        "it is %s here, and %s is of %s"
                                .formatted(now.truncatedTo(ChronoUnit.SECONDS), what, newest),
                        "set the clock: delays and expiries of the policy go by it")
                : Finding.ok("clock", "nothing here is of later than now");
    }
}
