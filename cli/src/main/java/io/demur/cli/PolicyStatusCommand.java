package io.demur.cli;

import io.demur.core.Problem;
import io.demur.log.note.Malformed;
import io.demur.record.policy.Event;
import io.demur.record.policy.InForce;
import io.demur.record.policy.PolicyKeeper;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code demur policy status}: what decides now. */
@Command(
        name = "status",
        description = {
            "Says which policy is in force, since when and by whom, and what waits.",
            "Exits with 1 where there is none to be believed, so that everything is refused.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class PolicyStatusCommand extends PolicyTask {

    private static final List<String> ENDS = List.of("sealed", "trusted");
    private static final List<String> COMES = List.of("activated", "rolled-back");

    @Mixin private DataOptions data = new DataOptions();

    /** As the program runs it. */
    PolicyStatusCommand() {
        this(Surroundings.ours());
    }

    PolicyStatusCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run() throws IOException, Malformed {
        Installation installation = new Installation(data.folder(), surroundings);
        try (PolicySession session = PolicySession.look(installation, surroundings.clock())) {
            int exit =
                    switch (session.keeper().inForce()) {
                        case InForce.Active active -> active(session.keeper(), active);
                        case InForce.RefuseAll none -> refuseAll(session.keeper(), none);
                    };
            Optional<Installation.Behind> behind = installation.behind();
            behind.ifPresent(
                    it ->
                            line(
                                    "anchor",
                                    "it knows %,d entries and the log here has %,d: an older copy"
                                            .concat(" was put back")
                                            .formatted(it.known(), it.size())));
            return behind.isPresent() ? ExitCode.PROBLEMS_FOUND : exit;
        }
    }

    private int refuseAll(PolicyKeeper keeper, InForce.RefuseAll none) {
        line("in force", "nothing: everything is refused");
        none.problems().stream().map(Problem::toString).forEach(it -> line("because", it));
        endsWithItsNote(keeper);
        phase(keeper);
        who(keeper);
        waiting(keeper);
        return ExitCode.PROBLEMS_FOUND;
    }

    /**
     * What is signed in the place of a lost note needs no end, since nothing is there to go back
     * to: so losing the note of a weakening would spare it its own.
     */
    private void endsWithItsNote(PolicyKeeper keeper) {
        Instant now = surroundings.clock().instant();
        last(of(keeper.history(), keeper.base().orElse("")), COMES)
                .flatMap(Event::expires)
                .filter(end -> end.isAfter(now))
                .ifPresent(
                        end ->
                                line(
                                        "its end",
                                        SaidTime.at(end, now)
                                                + ", where its note is put back; what is signed in"
                                                + " its place has none"));
    }

    private static List<Event> of(List<Event> history, String digest) {
        return history.stream().filter(e -> e.digest().equals(digest)).toList();
    }

    /** Whether it stands in the place of a policy whose end it does not have. */
    private void endless(List<Event> history, Event came, Instant now) {
        List<Event> before = history.subList(0, history.indexOf(came));
        boolean spared =
                came.expires().isEmpty()
                        && came.direction().equals("weaker")
                        && last(before, List.of("sealed")).isPresent();
        last(before, COMES)
                .filter(it -> spared)
                .flatMap(Event::expires)
                .filter(end -> end.isAfter(came.at()))
                .ifPresent(
                        end ->
                                line(
                                        "no end",
                                        "the policy before it was to end "
                                                + SaidTime.at(end, now)
                                                + "; its note was lost, and this one stays"));
    }

    private int active(PolicyKeeper keeper, InForce.Active active) {
        Instant now = surroundings.clock().instant();
        List<Event> history = keeper.history();
        line("in force", StatementWords.name(active));
        since(history, active, now);
        active.until()
                .ifPresent(
                        until ->
                                line(
                                        "until",
                                        SaidTime.at(until, now)
                                                + "; then the policy before it holds again"));
        phase(keeper);
        who(keeper);
        waiting(keeper);
        return ExitCode.OK;
    }

    private void phase(PolicyKeeper keeper) {
        line(
                "phase",
                keeper.isSealed()
                        ? "sealed: to do less takes two people, a reason, an expiry and "
                                + SaidTime.about(keeper.changes().delay())
                        : "set-up: one author changes all of it alone; `demur policy seal%s` ends"
                                        .formatted(data.said())
                                + " that");
    }

    private void waiting(PolicyKeeper keeper) {
        pending(keeper, surroundings.clock().instant()).forEach(it -> line("waiting", it));
    }

    private void who(PolicyKeeper keeper) {
        keeper.trust().ifPresent(trust -> line("who signs", TrustWords.oneLine(trust)));
    }

    private void since(List<Event> history, InForce.Active active, Instant now) {
        Optional<Event> last = last(history, COMES);
        Optional<Event> came = last(of(history, active.digest()), COMES);
        if (last.isEmpty() || came.isEmpty()) {
            return;
        }
        Optional<Instant> ranOut = last.get().expires().filter(at -> !at.isAfter(now));
        if (last.get().action().equals("rolled-back")) {
            line("since", SaidTime.at(last.get().at(), now) + ", by a roll-back");
            line("signed by", String.join(", ", last.get().by()));
            last.get().reason().ifPresent(reason -> line("reason", reason));
            return;
        }
        if (!last.get().digest().equals(active.digest()) && ranOut.isPresent()) {
            line(
                    "since",
                    "%s, when %s ceased"
                            .formatted(
                                    SaidTime.at(ranOut.get(), now),
                                    StatementWords.digest(last.get().digest())));
        } else {
            line("since", SaidTime.at(came.get().at(), now));
        }
        line("signed by", String.join(", ", came.get().by()));
        came.get().reason().ifPresent(reason -> line("reason", reason));
        endless(history, came.get(), now);
    }

    /** Statements that lack a signature or time, and would still fit what is in force. */
    private static List<String> pending(PolicyKeeper keeper, Instant now) {
        List<Event> history = keeper.history();
        Duration delay = keeper.changes().delay();
        List<String> lines = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (Event event : history.reversed()) {
            if (ENDS.contains(event.action())) {
                break; // what waited for a signature or time does so no more
            }
            if (seen.contains(event.digest()) || !keeper.fits(event.digest())) {
                continue;
            }
            seen.add(event.digest());
            if (event.action().equals("approved")) {
                Instant from = event.at().plus(delay);
                lines.add(
                        "%s, approved by %s: can come into force from %s"
                                .formatted(
                                        StatementWords.digest(event.digest()),
                                        TrustWords.list(event.by(), "and"),
                                        SaidTime.at(from, now)));
            } else if (event.action().equals("proposed")) {
                lines.add(
                        "%s, signed by %s: lacks an approver's signature"
                                .formatted(
                                        StatementWords.digest(event.digest()),
                                        TrustWords.list(event.by(), "and")));
            }
        }
        return lines;
    }

    private static Optional<Event> last(List<Event> history, List<String> actions) {
        return history.reversed().stream()
                .filter(event -> actions.contains(event.action()))
                .findFirst();
    }

    private void line(String label, String value) {
        say("%-10s %s", label, value);
    }
}
