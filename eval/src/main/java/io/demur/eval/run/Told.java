package io.demur.eval.run;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an object of a run file tells, by the names of its fields. What is missing or of another
 * kind is an {@link IllegalArgumentException} that says which field.
 */
final class Told {

    private final Map<?, ?> fields;

    Told(Map<?, ?> fields) {
        this.fields = fields;
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    String text(String name) {
        if (any(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "a text");
    }

    Optional<String> maybeText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** A text, or an empty one where the field is absent. */
    String textOrEmpty(String name) {
        return maybeText(name).orElse("");
    }

    /** Whether a field says yes; one that is absent does not. */
    boolean isTrue(String name) {
        if (!has(name)) {
            return false;
        }
        if (any(name) instanceof Boolean yes) {
            return yes;
        }
        throw wrong(name, "`true` or `false`");
    }

    long whole(String name) {
        Object value = any(name);
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw wrong(name, "a whole number");
    }

    int small(String name) {
        long value = whole(name);
        if (value == (int) value) {
            return (int) value;
        }
        throw wrong(name, "a smaller number");
    }

    double number(String name) {
        if (any(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(name, "a number");
    }

    OptionalDouble maybeNumber(String name) {
        return has(name) ? OptionalDouble.of(number(name)) : OptionalDouble.empty();
    }

    Told object(String name) {
        if (any(name) instanceof Map<?, ?> map) {
            return new Told(map);
        }
        throw wrong(name, "an object");
    }

    Optional<Told> maybeObject(String name) {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /** The objects of a list; none where the field is absent. */
    List<Told> objects(String name) {
        List<Told> objects = new ArrayList<>();
        for (Object each : list(name)) {
            if (!(each instanceof Map<?, ?> map)) {
                throw wrong(name, "a list of objects");
            }
            objects.add(new Told(map));
        }
        return objects;
    }

    /** The texts of a list; none where the field is absent. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object each : list(name)) {
            if (!(each instanceof String text)) {
                throw wrong(name, "a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    /** So many numbers. */
    double[] numbers(String name, int count) {
        List<?> list = list(name);
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            if (list.size() != count || !(list.get(i) instanceof Number number)) {
                throw wrong(name, "a list of %d numbers".formatted(count));
            }
            numbers[i] = number.doubleValue();
        }
        return numbers;
    }

    /** The names of its fields. */
    List<String> names() {
        return fields.keySet().stream().map(String::valueOf).toList();
    }

    private List<?> list(String name) {
        if (!has(name)) {
            return List.of();
        }
        if (any(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "a list");
    }

    private @Nullable Object any(String name) {
        return fields.get(name);
    }

    private IllegalArgumentException wrong(String name, String needed) {
        return new IllegalArgumentException(
                has(name)
                        ? "`%s` is not %s".formatted(name, needed)
                        : "`%s` is missing".formatted(name));
    }
}
