package io.demur.cli;

import io.demur.store.AccessBook;
import io.demur.store.StoreFailed;

import picocli.CommandLine.Option;

/** Who does something. A principal's name counts as that principal, as over HTTP. */
final class Who {

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who does, for the log (default: the name of this user).")
    private String by = System.getProperty("user.name", "unknown");

    String known(AccessBook book) throws StoreFailed {
        return Person.known(book, by);
    }
}
