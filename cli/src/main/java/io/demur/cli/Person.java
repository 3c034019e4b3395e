package io.demur.cli;

import io.demur.store.AccessBook;
import io.demur.store.HeldRequests;
import io.demur.store.StoreFailed;

import picocli.CommandLine.Option;

/** Who decides about what waits for people, and why. */
final class Person {

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who does, for the log (default: the name of this user).")
    private String by = System.getProperty("user.name", "unknown");

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "CODE",
            description = "Why, as a word for the log, such as `security-training`.")
    private String reason = "";

    /** Who it is that was named: a principal's name counts as that principal, as over HTTP. */
    static String known(AccessBook book, String name) throws StoreFailed {
        return book.find(name).orElse(name);
    }

    HeldRequests.By by(AccessBook book) throws StoreFailed {
        if (!reason.matches("[a-z0-9][a-z0-9._:/-]{0,99}")) {
            throw new IllegalArgumentException(
                    "--reason `%s` is not a code of a-z, 0-9 and ._:/-".formatted(reason));
        }
        return new HeldRequests.By(known(book, by), reason);
    }
}
