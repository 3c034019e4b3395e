package io.demur.record.json;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A value of the JSON that entries are written in: objects, arrays, strings, truth values, and
 * whole numbers that every JSON reader holds exactly. There is no null and there are no fractions.
 */
public sealed interface Json {

    /** The largest whole number: 2^53 - 1. */
    long WHOLE_MAX = (1L << 53) - 1;

    /**
     * An object.
     *
     * @param fields sorted by the UTF-16 code units of their names
     */
    record Obj(SortedMap<String, Json> fields) implements Json {
        public Obj {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
            fields.keySet().forEach(Json::checkText);
        }
    }

    /** A list. */
    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    /** A text. */
    record Str(String text) implements Json {
        public Str {
            checkText(text);
        }
    }

    /** A whole number. */
    record Whole(long number) implements Json {
        public Whole {
            if (number > WHOLE_MAX || number < -WHOLE_MAX) {
                throw new IllegalArgumentException(
                        "%d is beyond 2^53 - 1, where JSON readers round".formatted(number));
            }
        }
    }

    /** True or false. */
    record Bool(boolean value) implements Json {}

    private static void checkText(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw new IllegalArgumentException("half of a surrogate pair");
            }
        }
    }
}
