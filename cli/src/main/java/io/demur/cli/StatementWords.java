package io.demur.cli;

import io.demur.core.charter.Amendment;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Direction;
import io.demur.record.policy.InForce;
import io.demur.record.policy.PolicyKeeper;
import io.demur.record.policy.Statement;
import io.demur.record.policy.Statement.PolicyStatement;
import io.demur.record.policy.Statement.RollbackStatement;
import io.demur.record.policy.Statement.SealStatement;
import io.demur.record.policy.Statement.TrustStatement;
import io.demur.record.policy.Trust;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says in words what a statement would change, for who is about to sign it or to hand it in.
 *
 * @param keeper of what is in force
 * @param now what time it is
 */
record StatementWords(PolicyKeeper keeper, Instant now) {

    /** How many digits of a digest are shown. */
    private static final int DIGITS = 12;

    /** A digest, short. */
    static String digest(String whole) {
        return whole.substring(0, Math.min(DIGITS, whole.length()));
    }

    /** A policy that is in force, in a few words. */
    static String name(InForce.Active active) {
        return "`%s`, posture %d (%s)"
                .formatted(
                        active.charter().name(),
                        active.charter().policy().posture().level(),
                        digest(active.digest()));
    }

    /** What it would change, and for how long. */
    List<String> lines(Statement statement, Optional<Amendment> amendment) {
        List<String> lines = new ArrayList<>();
        switch (statement) {
            case PolicyStatement policy -> {
                lines.addAll(changes(policy.document(), amendment));
                policy.reason().ifPresent(why -> lines.add("reason: " + why));
                policy.expires().ifPresent(at -> lines.add("ceases: " + SaidTime.at(at, now)));
            }
            case TrustStatement trust -> {
                lines.add("changes who may sign");
                trust(trust.document())
                        .ifPresent(
                                after ->
                                        TrustWords.changes(keeper.trust(), after)
                                                .forEach(line -> lines.add("  " + line)));
                trust.reason().ifPresent(why -> lines.add("reason: " + why));
            }
            case RollbackStatement back -> {
                lines.add(
                        "goes back from %s to the policy before it (%s)"
                                .formatted(
                                        active().map(StatementWords::name).orElse("nothing"),
                                        digest(back.to())));
                back.reason().ifPresent(why -> lines.add("reason: " + why));
            }
            case SealStatement seal -> lines.add("ends the set-up phase, for good");
        }
        return lines;
    }

    /** What another policy would do otherwise than the one in force. */
    List<String> changes(String document, Optional<Amendment> amendment) {
        Optional<Charter> after = charter(document);
        Optional<InForce.Active> before = active();
        String name = after.map(Charter::name).orElse("?");
        if (before.isEmpty() || amendment.isEmpty() || after.isEmpty()) {
            return List.of(
                    before.isPresent()
                            ? "`%s` after %s".formatted(name, name(before.get()))
                            : keeper.base().isPresent()
                                    ? ("`%s` after one that is not believed here: there is nothing"
                                                    + " to compare it with")
                                            .formatted(name)
                                    : "`%s` is the first policy: there is none to compare it with"
                                            .formatted(name));
        }
        List<String> lines = new ArrayList<>();
        lines.add("`%s` instead of %s".formatted(name, name(before.get())));
        PolicyWords.amendment(amendment.get(), before.get().charter(), after.get())
                .forEach(line -> lines.add("  " + line));
        return lines;
    }

    /** Whether it does less than what is in force. */
    static boolean isWeaker(Optional<Amendment> amendment) {
        return amendment.map(Amendment::direction).orElse(Direction.EQUAL) == Direction.WEAKER;
    }

    /** What a statement was made over, where something else is in force now. */
    Optional<String> stale(Statement statement) {
        Optional<String> base =
                switch (statement) {
                    case PolicyStatement policy -> policy.replaces();
                    case TrustStatement trust -> trust.replaces();
                    case RollbackStatement back -> Optional.of(back.from());
                    case SealStatement seal -> Optional.of(seal.policy());
                };
        Optional<String> inForce =
                statement instanceof TrustStatement ? keeper.trusted() : keeper.base();
        return base.equals(inForce)
                ? Optional.empty()
                : Optional.of(
                        "made over %s, and %s is in force now"
                                .formatted(said(base), said(inForce)));
    }

    private static String said(Optional<String> digest) {
        return digest.map(StatementWords::digest).orElse("nothing");
    }

    Optional<InForce.Active> active() {
        return keeper.inForce() instanceof InForce.Active active
                ? Optional.of(active)
                : Optional.empty();
    }

    /** Whether one author may still change all on their own. */
    boolean isSettingUp() {
        return !keeper.isSealed();
    }

    private static Optional<Charter> charter(String document) {
        return new CharterDocuments().charter("the statement", document, new ArrayList<>());
    }

    static Optional<Trust> trust(String document) {
        return new CharterDocuments().trust("the statement", document, new ArrayList<>());
    }
}
