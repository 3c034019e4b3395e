package io.demur.cli;

import io.demur.log.note.Malformed;
import io.demur.store.AccessBook;
import io.demur.store.AccessHistory.Difference;
import io.demur.store.StoreFailed;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds who may ask against what the log says of it. */
final class DoctorAccess {

    /** A gateway publishes what it has written within a second. */
    private static final Duration PUBLISHED = Duration.ofSeconds(2);

    private static final int SHOWN = 5;

    private DoctorAccess() {}

    static List<Finding> findings(Installation installation, Instant now)
            throws IOException, Malformed, StoreFailed {
        if (!Files.exists(installation.folder().store())) {
            return List.of();
        }
        List<Difference> found = differences(installation, now);
        if (!found.isEmpty()) {
            try {
                Thread.sleep(PUBLISHED);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            found = differences(installation, now);
        }
        try (StoreSession session = StoreSession.openBehind(installation, "demur doctor")) {
            AccessBook book = session.access();
            Map<String, String> names = AdminKeys.names(book);
            List<Finding> findings = new ArrayList<>();
            found.stream()
                    .limit(SHOWN)
                    .map(it -> it.words(held -> AdminReports.words(held, names)))
                    .map(
                            words ->
                                    Finding.bad(
                                            "access",
                                            words,
                                            "`demur admin check` has all of it; what the log does"
                                                    + " not tell of was put into the tables"))
                    .forEach(findings::add);
            if (findings.isEmpty()) {
                findings.add(Finding.ok("access", "who may ask is what the log says"));
            }
            int waiting = book.pending();
            if (waiting > 0) {
                findings.add(
                        Finding.warn(
                                "access",
                                "%d changes wait for the log".formatted(waiting),
                                "a gateway, or the next `demur admin` command, writes them"));
            }
            return List.copyOf(findings);
        }
    }

    private static List<Difference> differences(Installation installation, Instant now)
            throws IOException, Malformed, StoreFailed {
        try (StoreSession session = StoreSession.open(installation, "demur doctor")) {
            return session.accessHistory().differences(session.access(), now);
        }
    }
}
