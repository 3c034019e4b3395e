package io.demur.cli;

import io.demur.store.AccessBook;
import io.demur.store.StoreFailed;

import picocli.CommandLine.Option;

/** Who looks at the queue. A principal's name counts as that principal, as over HTTP. */
final class Reviewing {

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who looks and decides (default: the name of this user).")
    private String by = System.getProperty("user.name", "unknown");

    String reviewer(AccessBook book) throws StoreFailed {
        return Person.known(book, by);
    }
}
