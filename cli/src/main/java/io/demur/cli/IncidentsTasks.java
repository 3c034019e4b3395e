package io.demur.cli;

import io.demur.desk.Incident;
import io.demur.log.note.Malformed;
import io.demur.record.json.Canonical;
import io.demur.store.AccessBook;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.State;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code demur incidents} can be told to do. */
final class IncidentsTasks {

    private IncidentsTasks() {}

    @Command(
            name = "list",
            description = "Lists those that nobody has decided, the newest last.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class ListAll extends AdminTask {

        private static final String ROW =
                "%-41s  %-9s  %-20s  %-16s  %-10s  %-13s  %-9s  %-8s  %5s";

        /** A case is opened when its request is over, and says when that came. */
        private static final Duration LATE = Duration.ofHours(1);

        @Option(names = "--all", description = "Also those that are decided, or only counted.")
        private boolean all;

        @Option(
                names = "--last",
                paramLabel = "N",
                defaultValue = "100",
                description = "The newest N (default: ${DEFAULT-VALUE}).")
        private int last;

        @Option(names = "--follow", description = "Goes on as new ones come, until Ctrl-C.")
        private boolean follow;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed {
            Map<String, String> names = AdminKeys.names(book);
            if (!json) {
                say(
                        ROW, "ID", "STATE", "OPENED", "WHO", "ROUTE", "CHANGE", "METHOD", "BECAME",
                        "COUNT");
            }
            Instant begun = Instant.now();
            Set<String> shown = new HashSet<>();
            show(session, names, Optional.empty(), shown);
            if (shown.isEmpty() && !follow) {
                note(all ? "there is none" : "none waits; --all has those that are decided");
            }
            try (Interrupt interrupt = Interrupt.listen(() -> {})) {
                while (follow && goesOn(interrupt)) {
                    show(session, names, Optional.of(begun.minus(LATE)), shown);
                }
            }
            return ExitCode.OK;
        }

        /** Those that were not shown yet. */
        private void show(
                StoreSession session,
                Map<String, String> names,
                Optional<Instant> since,
                Set<String> shown)
                throws StoreFailed {
            Set<State> states = all ? EnumSet.allOf(State.class) : State.UNDECIDED;
            List<ReviewCase> found =
                    session.incidents()
                            .all(Optional.empty(), since, states, Math.max(1, last))
                            .reversed();
            for (ReviewCase each : found) {
                if (shown.add(each.id())) {
                    Incident incident = new Incident(each);
                    say("%s", json ? json(incident) : row(incident, names));
                }
            }
            out().flush();
        }

        private static String row(Incident incident, Map<String, String> names) {
            return ROW.formatted(
                    incident.of().id(),
                    incident.state(),
                    incident.of().created().truncatedTo(ChronoUnit.SECONDS),
                    who(incident.of().subject().orElse(""), names),
                    incident.text("bucket").equals("over-refusal")
                            ? "harmless?"
                            : incident.text("route"),
                    incident.text("change"),
                    incident.text("method"),
                    incident.text("became"),
                    incident.count());
        }
    }

    @Command(
            name = "show",
            description = "Shows one as a sequence: refused by whom, sent again where.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Show extends AdminTask {

        @Parameters(paramLabel = "ID", description = "Which one, such as case_….")
        private String id = "";

        @Option(names = "--json", description = "One JSON object.")
        private boolean json;

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException, Malformed {
            Incident incident =
                    session.incidents()
                            .find(id)
                            .map(Incident::new)
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "there is no incident `%s`; `demur incidents"
                                                                    .formatted(id)
                                                            + " list --all` has them"));
            if (json) {
                say("%s", json(incident));
            } else {
                Map<String, String> names = AdminKeys.names(book);
                Optional<String> by = incident.of().subject().map(it -> who(it, names));
                sequence(incident, by).forEach(line -> say("%s", line));
            }
            return ExitCode.OK;
        }
    }

    private static String json(Incident incident) {
        return Canonical.text(incident.json(true));
    }

    private static String who(String subject, Map<String, String> names) {
        return names.getOrDefault(subject, subject);
    }

    /**
     * As people read it, a step a line.
     *
     * @param by whose requests they are; nothing for those who are not to know
     */
    static List<String> sequence(Incident incident, Optional<String> by) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s  %s, %s%s"
                        .formatted(
                                incident.of().id(),
                                incident.state(),
                                incident.text("bucket").equals("over-refusal")
                                        ? "over-refusal? the request looks harmless"
                                        : "routed around",
                                incident.of().hazard().map(it -> ", " + it).orElse("")));
        lines.add("");
        String step = "  %-20s  %-9s  %s";
        lines.add(
                step.formatted(
                        seconds(incident.text("refused_at")),
                        "proposed",
                        "%s to %s (%s)%s"
                                .formatted(
                                        incident.text("refused"),
                                        incident.text("refused_model"),
                                        incident.text("refused_class"),
                                        by.map(it -> " by " + it).orElse(""))));
        String reason = incident.text("reason");
        lines.add(
                step.formatted(
                        "",
                        "refused",
                        "by the %s%s"
                                .formatted(
                                        incident.text("refused_by"),
                                        reason.isEmpty() ? "" : ": " + reason)));
        for (Incident.Later later : incident.later()) {
            lines.add(
                    step.formatted(
                            seconds(later.at()),
                            "re-sent",
                            "%s to %s (%s)"
                                    .formatted(
                                            later.attempt(), later.model(), later.modelClass())));
            lines.add(
                    step.formatted(
                            "",
                            "",
                            String.format(
                                    Locale.ROOT,
                                    "%s, change: %s; found by %s, %.1f %%",
                                    later.route(),
                                    later.change(),
                                    later.method(),
                                    later.similarityPpm() / 1e4)));
            lines.add(step.formatted("", later.became(), "").stripTrailing());
        }
        long more = incident.count() - incident.later().size();
        if (more > 0) {
            lines.add(step.formatted("", "", "and %,d more".formatted(more)));
        }
        return List.copyOf(lines);
    }

    private static String seconds(String at) {
        return at.isEmpty() ? "" : Instant.parse(at).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
