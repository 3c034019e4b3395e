package io.demur.cli;

import io.demur.core.drill.DrillProbe;
import io.demur.files.output.Json;
import io.demur.files.output.JsonLines;
import io.demur.gateway.practice.KeptWords;
import io.demur.gateway.practice.Proposal;
import io.demur.gateway.practice.Proposal.State;
import io.demur.log.note.Malformed;
import io.demur.store.AccessBook;
import io.demur.store.HeldRequests;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code demur drill proposals}: what went wrong, for a person to accept or reject. */
@Command(
        name = "proposals",
        description = {
            "Shows what went wrong: probes that came out wrong, and requests that a person released"
                    + " or refused.",
            "What a person accepts is asked again each week; what a model itself did wrong is a"
                    + " row to train on, where its words are kept."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DrillProposals.ListAll.class,
            DrillProposals.Show.class,
            DrillProposals.Accept.class,
            DrillProposals.Reject.class,
            DrillProposals.Rows.class
        })
final class DrillProposals implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw AdminCommand.which(spec, "drill proposals");
    }

    /** A task that works on what the log has told the tables. */
    abstract static class Task extends AdminTask {
        @Override
        final StoreSession open(Installation installation, String program)
                throws IOException, StoreFailed, Malformed {
            return StoreSession.open(installation, program);
        }

        final Proposal one(StoreSession session, String id)
                throws StoreFailed, IOException, Malformed {
            return session.proposals().stream()
                    .filter(it -> it.attempt().equals(id))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "there is no proposal `%s`; `demur drill proposals"
                                                            .formatted(id)
                                                    + " list --all` has them"));
        }
    }

    @Command(
            name = "list",
            description = "Lists those that nobody has decided.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class ListAll extends Task {

        private static final String ROW = "%-40s  %-8s  %-6s  %5s  %-16s  %s";

        @Option(names = "--all", description = "Also those that were accepted or rejected.")
        private boolean all;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, IOException, Malformed {
            if (!json) {
                say(ROW, "ID", "STATE", "RIGHT", "TIMES", "MODEL", "WHY");
            }
            for (Proposal each : session.proposals()) {
                if (!all && each.state() != State.PROPOSED) {
                    continue;
                }
                if (json) {
                    say("%s", Json.value(row(each)));
                } else {
                    say(
                            ROW,
                            each.attempt(),
                            each.state().word(),
                            right(each),
                            each.times(),
                            each.model().orElse("-"),
                            each.why() + again(each));
                }
            }
            return ExitCode.OK;
        }

        private static String again(Proposal proposal) {
            long failed = proposal.since().values().stream().filter(passed -> !passed).count();
            return proposal.since().isEmpty()
                    ? ""
                    : "; asked again of %d models, %d still wrong"
                            .formatted(proposal.since().size(), failed);
        }
    }

    @Command(
            name = "show",
            description = "Shows one with its words, where they are kept; the log says who read.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Show extends Task {

        @Parameters(paramLabel = "ID", description = "Which one: the attempt that went wrong.")
        private String id = "";

        @Option(
                names = "--by",
                paramLabel = "NAME",
                description = "Who reads, for the log (default: the name of this user).")
        private String by = System.getProperty("user.name", "unknown");

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException, Malformed {
            Proposal proposal = one(session, id);
            row(proposal).forEach((field, value) -> say("%-10s  %s", field, value));
            HeldRequests.By reader = new HeldRequests.By(by, "practice");
            say("");
            say(
                    "asked       %s",
                    prompt(session, proposal, reader)
                            .orElse(
                                    "(nothing that can be asked again: its words are not kept, or"
                                            + " it is more than one message of text)"));
            answer(session, proposal, reader).ifPresent(it -> say("answered    %s", it));
            return ExitCode.OK;
        }
    }

    /** What a person decides. */
    abstract static class Decision extends Task {

        @Parameters(paramLabel = "ID", description = "Which one: the attempt that went wrong.")
        private String id = "";

        @Mixin private Person person = new Person();

        final int decide(StoreSession session, AccessBook book, boolean accepted)
                throws StoreFailed, IOException, Malformed {
            Proposal proposal = one(session, id);
            HeldRequests.By by = person.by(book);
            if (by.reason().length() > Proposal.REASON_MAX) {
                throw new IllegalArgumentException(
                        "--reason `%s` has %d characters, and should have at most %d"
                                .formatted(by.reason(), by.reason().length(), Proposal.REASON_MAX));
            }
            session.held()
                    .write(
                            proposal.decision(
                                    InstantSource.system().instant(),
                                    accepted,
                                    by.who(),
                                    by.reason()),
                            session.log());
            say("%s %s", accepted ? "accepted" : "rejected", id);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "accept",
            description = {
                "Accepts one: a probe is asked again each week, of each model; a caller's request"
                        + " of the model that the caller asked.",
                "What a model itself did wrong is a row to train on, where its words are kept.",
                "A gateway that runs takes it up within an hour."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Accept extends Decision {
        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, IOException, Malformed {
            return decide(session, book, true);
        }
    }

    @Command(
            name = "reject",
            description = "Rejects one, also after it was accepted: it is asked no more.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Reject extends Decision {
        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, IOException, Malformed {
            return decide(session, book, false);
        }
    }

    @Command(
            name = "rows",
            description = {
                "Writes those that were accepted, with what was answered, for `demur export`.",
                "What the record keeps no words of is left out; so is what no model did wrong:"
                        + " requests of callers, and what the gateway refused by itself."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Rows extends Task {

        @Option(
                names = "--out",
                required = true,
                paramLabel = "FILE.jsonl",
                description = "Where they go, as JSON lines.")
        private String out = "";

        @Option(
                names = "--by",
                paramLabel = "NAME",
                description = "Who reads, for the log (default: the name of this user).")
        private String by = System.getProperty("user.name", "unknown");

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException, Malformed {
            HeldRequests.By reader = new HeldRequests.By(by, "practice");
            int rows = 0;
            int without = 0;
            int others = 0;
            try (Destination destination = Destination.open(out)) {
                JsonLines lines = new JsonLines(destination.stream());
                for (Proposal each : session.proposals()) {
                    if (each.state() != State.ACCEPTED) {
                        continue;
                    }
                    if (!each.isModels()) {
                        others++;
                        continue;
                    }
                    Optional<String> answer = answer(session, each, reader);
                    if (answer.isEmpty()) {
                        without++;
                        continue;
                    }
                    lines.write(transcript(each, answer.get()));
                    rows++;
                }
                lines.flush();
                destination.complete();
            }
            note(
                    "%d rows; %d accepted ones have no words of an answer here, and in %d no model"
                            + " was wrong",
                    rows, without, others);
            return ExitCode.OK;
        }

        private static Map<String, Object> transcript(Proposal proposal, String answer) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", proposal.attempt());
            proposal.model().ifPresent(it -> row.put("model", it));
            row.put("prompt", probe(proposal).map(DrillProbe::text).orElse(""));
            row.put("response", answer);
            row.put(
                    "prompt_label",
                    proposal.right() == DrillProbe.Right.REFUSE ? "harmful" : "benign");
            return row;
        }
    }

    private static Optional<DrillProbe> probe(Proposal proposal) {
        return proposal.probe().flatMap(DrillProbe::of);
    }

    private static Optional<String> prompt(
            StoreSession session, Proposal proposal, HeldRequests.By reader)
            throws StoreFailed, StoreRefused, IOException {
        Optional<DrillProbe> probe = probe(proposal);
        if (probe.isPresent()) {
            return probe.map(DrillProbe::text);
        }
        Optional<String> protocol =
                session.reviews().asked(proposal.attempt()).map(it -> it.protocol());
        return protocol.isEmpty()
                ? Optional.empty()
                : session.held()
                        .show(session.bodies(), proposal.attempt(), reader, session.log())
                        .flatMap(body -> KeptWords.prompt(protocol.get(), body));
    }

    /** What a model answered to a probe, where the record has it. */
    private static Optional<String> answer(
            StoreSession session, Proposal proposal, HeldRequests.By reader)
            throws StoreFailed, StoreRefused, IOException {
        return proposal.probe().isEmpty()
                ? Optional.empty()
                : session.bodies()
                        .read(
                                proposal.attempt(),
                                "reply",
                                reader.who(),
                                reader.reason(),
                                entry -> session.held().write(entry, session.log()))
                        .filter(body -> body.length > 0)
                        .flatMap(KeptWords::answer);
    }

    private static String right(Proposal proposal) {
        return proposal.right().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> row(Proposal proposal) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", proposal.attempt());
        row.put("state", proposal.state().word());
        row.put("right", right(proposal));
        row.put("why", proposal.why());
        row.put("times", proposal.times());
        row.put("at", proposal.at().toString());
        proposal.probe().ifPresent(it -> row.put("probe", it));
        proposal.model().ifPresent(it -> row.put("model", it));
        proposal.own().ifPresent(it -> row.put("itself", it));
        proposal.said()
                .ifPresent(
                        it -> {
                            row.put("decided", it.at().toString());
                            row.put("by", it.by());
                            row.put("reason", it.reason());
                        });
        proposal.since().forEach((model, passed) -> row.put("again " + model, passed));
        return row;
    }
}
