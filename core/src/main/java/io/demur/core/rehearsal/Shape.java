package io.demur.core.rehearsal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What a piece of JSON is to look like. */
public sealed interface Shape {

    /** A string; the model puts there what it was asked about. */
    record Text() implements Shape {}

    /** A number, whole or not. */
    record Figure() implements Shape {}

    /** {@code true} or {@code false}. */
    record Flag() implements Shape {}

    /**
     * A value that is given.
     *
     * @param json it as JSON text
     */
    record Given(String json) implements Shape {
        public Given {
            Objects.requireNonNull(json);
        }
    }

    /** A list. */
    record Items(Shape each) implements Shape {
        public Items {
            Objects.requireNonNull(each);
        }
    }

    /**
     * An object.
     *
     * @param named its members, in order; never modified
     */
    record Members(Map<String, Shape> named) implements Shape {
        public Members {
            named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
        }
    }

    /** An object of whatever members. */
    Shape ANY = new Members(Map.of("answer", new Text()));
}
