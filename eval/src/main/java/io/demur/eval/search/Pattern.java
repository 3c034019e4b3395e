package io.demur.eval.search;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Something that may make a model refuse what is harmless, and requests that have it.
 *
 * @param kind what sort of thing it is
 * @param name what it is: the word itself, or what a framing is called
 * @param probes requests with and without it, in the order in which they are asked
 */
public record Pattern(Kind kind, String name, List<Probe> probes) {

    /** What sort of thing a pattern is. */
    public enum Kind {
        /** A word. */
        WORD,
        /** A verb and whom it seems to be done to, of which neither would do alone. */
        COMBINATION,
        /** How something is asked. */
        FRAMING,
        /** Capital letters throughout. */
        CAPITALS,
        /** The language in which it is asked. */
        LANGUAGE,
        /** What it is about, whichever the words. */
        TOPIC;

        /** As people write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Pattern {
        Objects.requireNonNull(kind);
        probes = List.copyOf(probes);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a pattern has a name");
        }
    }

    /** Kind and name. */
    public String title() {
        return kind == Kind.CAPITALS ? name : kind.word() + " " + name;
    }

    /** How many calls one of its probes takes. */
    int calls() {
        return probes.isEmpty() ? 2 : probes.getFirst().calls();
    }
}
