package io.demur.cli;

import io.demur.core.harm.Hazard;
import io.demur.desk.CaseView;
import io.demur.desk.Queue;
import io.demur.record.json.Canonical;
import io.demur.store.AccessBook;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;
import io.demur.store.StoreFailed;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code demur review list}: what waits. */
@Command(
        name = "list",
        description = "Lists what nobody has decided, the case that is due first first.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class ReviewList extends AdminTask {

    private static final String ROW = "%-41s  %-8s  %-9s  %-20s  %-5s  %-26s  %-16s  %s";

    /** What can be asked for: whoever could ask for known cases would know which they are. */
    enum Sort {
        HOLD,
        SAMPLE,
        INCIDENT,
        APPEAL,
        REPORT;

        Kind kind() {
            return Kind.valueOf(name());
        }
    }

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only hold, sample, incident, appeal or report; repeatable.")
    private @Nullable List<Sort> kinds;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Instead of those undecided: open, second, decided or withdrawn.")
    private @Nullable List<State> states;

    @Option(names = "--mine", description = "Only what you are at work on.")
    private boolean mine;

    @Option(names = "--late", description = "Only what should have been decided by now.")
    private boolean late;

    @Option(names = "--hazard", paramLabel = "HAZARD", description = "Only of one hazard.")
    private @Nullable Hazard hazard;

    @Option(names = "--project", paramLabel = "NAME", description = "Only of one project.")
    private @Nullable String project;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "So many at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--follow", description = "Goes on as cases come and change, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Mixin private Who who = new Who();

    @Override
    int run(StoreSession session, AccessBook book) throws StoreFailed {
        if (!json) {
            say(ROW, "ID", "KIND", "STATE", "DUE", "LATE", "HAZARD", "MODEL", "WITH");
        }
        Queue queue = session.queue();
        Queue.Filter filter = filter(who.known(book));
        Map<String, Long> shown = new HashMap<>();
        show(queue, filter, shown);
        if (shown.isEmpty() && !follow) {
            note("nothing waits that is like this");
        }
        try (Interrupt interrupt = Interrupt.listen(() -> {})) {
            while (follow && goesOn(interrupt)) {
                show(queue, filter, shown);
            }
        }
        return ExitCode.OK;
    }

    private Queue.Filter filter(String reviewer) {
        Set<Kind> wanted = EnumSet.noneOf(Kind.class);
        for (Sort each : kinds == null ? List.of(Sort.values()) : kinds) {
            wanted.add(each.kind());
        }
        return new Queue.Filter(
                wanted,
                states == null ? Queue.Filter.WAITING.states() : new HashSet<>(states),
                mine ? Optional.of(reviewer) : Optional.empty(),
                late,
                Optional.ofNullable(hazard).map(CaseView::word),
                Optional.ofNullable(project));
    }

    /** Shows what was not shown so, yet. */
    private void show(Queue queue, Queue.Filter filter, Map<String, Long> shown)
            throws StoreFailed {
        Instant now = Instant.now();
        for (ReviewCase each : queue.list(filter, limit)) {
            Long before = shown.put(each.id(), each.version());
            if (before != null && before == each.version()) {
                continue;
            }
            if (json) {
                say("%s", Canonical.text(CaseView.of(each, now)));
            } else {
                say(
                        ROW,
                        each.id(),
                        CaseView.word(CaseView.shown(each.kind())),
                        CaseView.word(each.state()),
                        each.due().truncatedTo(ChronoUnit.SECONDS),
                        each.due().isBefore(now) ? "late" : "-",
                        each.hazard().orElse("-"),
                        each.model().orElse("-"),
                        each.claim()
                                .filter(it -> it.until().isAfter(now))
                                .map(ReviewCase.Claim::reviewer)
                                .orElse("-"));
            }
        }
        out().flush();
    }
}
