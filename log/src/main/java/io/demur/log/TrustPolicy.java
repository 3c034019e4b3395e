package io.demur.log;

import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which checkpoints are believed: those signed by one of the logs, and cosigned by enough witnesses
 * (C2SP tlog-policy). Immutable.
 *
 * @param logs no key twice; none where the log is known from elsewhere
 * @param witnesses no key twice
 * @param quorum how many of whom; nothing where no cosignature is asked for
 */
public record TrustPolicy(
        List<TrustedLog> logs, List<TrustedWitness> witnesses, Optional<Quorum> quorum) {

    /** A log whose checkpoints are believed. Its key's name is its origin. */
    public record TrustedLog(VerifierKey key, Optional<URI> address) {}

    /**
     * A witness.
     *
     * @param name what the policy calls it
     * @param key of type {@link VerifierKey.Type#COSIGNATURE}
     * @param address its submission prefix
     */
    public record TrustedWitness(String name, VerifierKey key, Optional<URI> address) {}

    /** What has to be cosigned. */
    public sealed interface Quorum {

        String name();

        /** Whether the cosignatures of these keys are enough. */
        boolean reached(Set<VerifierKey> signers);
    }

    /** One witness. */
    public record One(TrustedWitness witness) implements Quorum {

        @Override
        public String name() {
            return witness.name();
        }

        @Override
        public boolean reached(Set<VerifierKey> signers) {
            return signers.contains(witness.key());
        }
    }

    /** At least {@code threshold} of the members. */
    public record Group(String name, int threshold, List<Quorum> members) implements Quorum {

        public Group {
            members = List.copyOf(members);
            if (threshold < 1 || threshold > members.size()) {
                throw new IllegalArgumentException(
                        "%d of %d members".formatted(threshold, members.size()));
            }
        }

        @Override
        public boolean reached(Set<VerifierKey> signers) {
            return members.stream().filter(member -> member.reached(signers)).count() >= threshold;
        }
    }

    public TrustPolicy {
        logs = List.copyOf(logs);
        witnesses = List.copyOf(witnesses);
    }

    /** Something that is wrong in a policy's text. */
    public record Problem(int line, String message) {

        /** With the line before it. */
        @Override
        public String toString() {
            return "line %d: %s".formatted(line, message);
        }
    }

    /** A text that is no policy, with all that is wrong in it. */
    public static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1;

        private final transient List<Problem> problems;

        Unreadable(List<Problem> problems) {
            super(String.join("; ", problems.stream().map(Problem::toString).toList()));
            this.problems = List.copyOf(problems);
        }

        public List<Problem> problems() {
            return problems;
        }
    }

    /**
     * Reads a policy.
     *
     * @throws Unreadable with everything that is wrong in it
     */
    public static TrustPolicy parse(byte[] bytes) throws Unreadable {
        return new TrustPolicyText().read(bytes);
    }

    /** The same policy with further logs, for one that leaves them to its user. */
    public TrustPolicy withLogs(List<VerifierKey> keys) {
        List<TrustedLog> more = new ArrayList<>(logs);
        keys.forEach(key -> more.add(new TrustedLog(key, Optional.empty())));
        return new TrustPolicy(more, witnesses, quorum);
    }

    /** The keys of the logs. */
    public List<VerifierKey> logKeys() {
        return logs.stream().map(TrustedLog::key).toList();
    }

    /** The keys of the witnesses. */
    public List<VerifierKey> witnessKeys() {
        return witnesses.stream().map(TrustedWitness::key).toList();
    }

    /**
     * Reads a checkpoint that is to be believed under this policy.
     *
     * @return the keys that signed it, of the log and of witnesses
     * @throws Malformed where no log of the policy signed it, a known key's signature is false, or
     *     too few witnesses cosigned it
     */
    public Set<VerifierKey> verify(Checkpoint checkpoint) throws Malformed {
        List<VerifierKey> keys = new ArrayList<>(logKeys());
        keys.addAll(witnessKeys());
        Set<VerifierKey> signers = checkpoint.signedBy(keys);
        if (quorum.isPresent() && !quorum.get().reached(signers)) {
            List<String> there =
                    witnesses.stream()
                            .filter(witness -> signers.contains(witness.key()))
                            .map(TrustedWitness::name)
                            .toList();
            throw new Malformed(
                    "the quorum `%s` is not reached: cosigned by %s"
                            .formatted(
                                    quorum.get().name(),
                                    there.isEmpty() ? "none" : String.join(", ", there)));
        }
        return signers;
    }

    /** What is wrong with a checkpoint under this policy; nothing where it is to be believed. */
    public Optional<String> fault(Checkpoint checkpoint) {
        try {
            verify(checkpoint);
            return Optional.empty();
        } catch (Malformed e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
