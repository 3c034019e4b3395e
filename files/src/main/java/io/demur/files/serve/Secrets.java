package io.demur.files.serve;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a value in a document refers to a secret: {@code ${env:NAME}} and {@code ${file:PATH}}.
 * Safe for use by several threads, if what it asks is.
 */
public final class Secrets {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

    /** Finds what stands under a name; nothing where there is none. */
    @FunctionalInterface
    public interface Source {
        Optional<String> find(String name);
    }

    private final Source environment;
    private final Source files;

    /**
     * Secrets from two sources.
     *
     * @param environment variables
     * @param files contents of files, by their paths
     */
    public Secrets(Source environment, Source files) {
        this.environment = environment;
        this.files = files;
    }

    /** Whether a value refers to a secret rather than being one. */
    static boolean isReference(String value) {
        return REFERENCE.matcher(value).matches();
    }

    /** What a reference stands for, without a line end behind it; nothing where it is not there. */
    Optional<String> resolve(String reference) {
        Matcher found = REFERENCE.matcher(reference);
        if (!found.matches()) {
            return Optional.empty();
        }
        Source source = found.group(1).equals("env") ? environment : files;
        return source.find(found.group(2)).map(String::strip).filter(it -> !it.isEmpty());
    }
}
