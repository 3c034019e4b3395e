package io.demur.cli;

import io.demur.files.output.Json;
import io.demur.store.AccessBook;
import io.demur.store.Cases;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;
import io.demur.store.StoreFailed;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A command that lists cases of one kind, and goes on as they come and are answered. */
abstract class ListTask extends AdminTask {

    private static final int LIST_MAX = 10_000;

    @Option(names = "--all", description = "Also those that are answered or withdrawn.")
    private boolean all;

    @Option(
            names = "--follow",
            description = "Goes on as they come and are answered, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    /** How a case is listed: it is shown again where that has changed. */
    record Item(String row, Map<String, Object> fields) {}

    /** What is listed. */
    abstract Kind kind();

    /** The names of the columns. */
    abstract String head();

    /** How one stands. */
    abstract Item item(ReviewCase it);

    @Override
    final int run(StoreSession session, AccessBook book) throws StoreFailed {
        if (!json) {
            say("%s", head());
        }
        Cases cases = session.cases();
        Map<String, String> shown = new HashMap<>();
        List<ReviewCase> before = of(cases, State.UNDECIDED);
        show(all ? of(cases, EnumSet.allOf(State.class)) : before, shown);
        if (shown.isEmpty()) {
            note(all ? "there is none" : "none waits; --all has those that are answered");
        }
        try (Interrupt interrupt = Interrupt.listen(() -> {})) {
            while (follow && goesOn(interrupt)) {
                List<ReviewCase> now = of(cases, State.UNDECIDED);
                show(ended(cases, before, now), shown);
                show(now, shown);
                before = now;
            }
        }
        return ExitCode.OK;
    }

    private List<ReviewCase> of(Cases cases, Set<State> states) throws StoreFailed {
        return cases.all(Set.of(kind()), states, LIST_MAX);
    }

    /** Those that waited and wait no longer, as they are now; what was erased is none of them. */
    private static List<ReviewCase> ended(
            Cases cases, List<ReviewCase> before, List<ReviewCase> now) throws StoreFailed {
        Set<String> waiting = now.stream().map(ReviewCase::id).collect(Collectors.toSet());
        List<ReviewCase> ended = new ArrayList<>();
        for (ReviewCase each : before) {
            if (!waiting.contains(each.id())) {
                cases.find(each.id()).ifPresent(ended::add);
            }
        }
        return ended;
    }

    private void show(List<ReviewCase> some, Map<String, String> shown) {
        for (ReviewCase each : some) {
            Item item = item(each);
            String line = json ? Json.value(item.fields()) : item.row();
            if (!line.equals(shown.put(each.id(), line))) {
                say("%s", line);
            }
        }
        out().flush();
    }
}
