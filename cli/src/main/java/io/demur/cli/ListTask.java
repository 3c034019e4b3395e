package io.demur.cli;

import io.demur.files.output.Json;
import io.demur.log.note.Malformed;
import io.demur.store.AccessBook;
import io.demur.store.StoreFailed;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command that lists what there is, and goes on as things come and change. */
abstract class ListTask extends AdminTask {

    @Option(names = "--follow", description = "Goes on as they come and change, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    /** One thing that is listed: it is shown again where its row or its fields have changed. */
    record Item(String id, String row, Map<String, Object> fields) {}

    /** The names of the columns. */
    abstract String head();

    /** What is said where there is nothing. */
    abstract String none();

    /** What there is now. */
    abstract List<Item> items(StoreSession session) throws StoreFailed, IOException, Malformed;

    @Override
    final int run(StoreSession session, AccessBook book)
            throws StoreFailed, IOException, Malformed {
        if (!json) {
            say("%s", head());
        }
        Map<String, Item> shown = new HashMap<>();
        show(session, shown);
        if (shown.isEmpty()) {
            note(none());
        }
        try (Interrupt interrupt = Interrupt.listen(() -> {})) {
            while (follow && goesOn(interrupt)) {
                show(session, shown);
            }
        }
        return ExitCode.OK;
    }

    private void show(StoreSession session, Map<String, Item> shown)
            throws StoreFailed, IOException, Malformed {
        for (Item item : items(session)) {
            if (!item.equals(shown.put(item.id(), item))) {
                say("%s", json ? Json.value(item.fields()) : item.row());
            }
        }
        out().flush();
    }
}
