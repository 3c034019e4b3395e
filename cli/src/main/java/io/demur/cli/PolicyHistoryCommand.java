package io.demur.cli;

import io.demur.files.output.Json;
import io.demur.log.note.Malformed;
import io.demur.record.policy.Event;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code demur policy history}: what came into force when. */
@Command(
        name = "history",
        description = "Lists what was proposed, approved and came into force, oldest first.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class PolicyHistoryCommand extends PolicyTask {

    private static final String ROW = "%-7s %-23s  %-11s  %-8s  %-12s  %-14s  %s";

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Mixin private DataOptions data = new DataOptions();

    /** As the program runs it. */
    PolicyHistoryCommand() {
        this(Surroundings.ours());
    }

    PolicyHistoryCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run() throws IOException, Malformed {
        Installation installation = new Installation(data.folder(), surroundings);
        try (PolicySession session = PolicySession.look(installation, surroundings.clock())) {
            List<Event> events = session.keeper().history();
            if (json) {
                events.forEach(event -> out().println(Json.value(row(event))));
            } else if (events.isEmpty()) {
                say(
                        "No policy was ever in force here; `demur policy init%s` makes one.",
                        data.said());
            } else {
                say(ROW, "ENTRY", "TIME", "WHAT", "CHANGE", "STATEMENT", "BY", "");
                events.forEach(this::print);
            }
        }
        return ExitCode.OK;
    }

    private void print(Event event) {
        String more =
                event.expires().map(at -> "until " + SaidTime.at(at)).orElse("")
                        + (event.expires().isPresent() && event.reason().isPresent() ? "; " : "")
                        + event.reason().orElse("");
        say(
                ROW,
                event.index(),
                SaidTime.at(event.at()),
                event.action(),
                event.direction(),
                StatementWords.digest(event.digest()),
                String.join(", ", event.by()),
                more);
    }

    private static Map<String, Object> row(Event event) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("index", event.index());
        row.put("at", event.at().toString());
        row.put("action", event.action());
        row.put("direction", event.direction());
        row.put("digest", event.digest());
        row.put("by", event.by());
        event.reason().ifPresent(reason -> row.put("reason", reason));
        event.expires().ifPresent(at -> row.put("expires", at.toString()));
        return row;
    }
}
