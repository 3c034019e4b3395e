package io.demur.files;

import io.demur.core.Problem;
import io.demur.core.Where;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which column of a CSV file, or field of a JSON record, holds what. A field within fields is named
 * by its path: {@code output.text}, {@code choices.0.text}.
 *
 * @param columns the file's name for each of ours that was mapped
 */
public record Mapping(Map<Name, String> columns) {

    /** What a column may hold: our side of a mapping. */
    public enum Name {
        ID,
        PROMPT,
        RESPONSE,
        MODEL,
        /** A label of the response. */
        LABEL,
        PROMPT_LABEL,
        SYSTEM,
        SOURCE;

        /** As users write it: {@code prompt_label}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Nothing is mapped. */
    public static final Mapping NONE = new Mapping(Map.of());

    public Mapping {
        columns = Map.copyOf(columns);
    }

    /**
     * Reads what users write: {@code prompt=question}, our name on the left. Where only the right
     * side is a name of ours, it was meant the other way round.
     *
     * @param problems is given what is wrong with them
     */
    public static Mapping parse(List<String> specs, Consumer<Problem> problems) {
        EnumMap<Name, String> columns = new EnumMap<>(Name.class);
        for (String spec : specs) {
            int equals = spec.indexOf('=');
            String ours = equals < 0 ? spec : spec.substring(0, equals).strip();
            String theirs = equals < 0 ? "" : spec.substring(equals + 1).strip();
            Optional<Name> name = named(ours);
            if (name.isEmpty() && named(theirs).isPresent()) {
                columns.put(named(theirs).get(), ours);
            } else if (equals < 0 || equals == spec.length() - 1) {
                problems.accept(
                        wrong(
                                "`--map %s` is no mapping: `prompt=question` would be one"
                                        .formatted(spec)));
            } else if (name.isEmpty()) {
                List<String> names = Arrays.stream(Name.values()).map(Name::word).toList();
                problems.accept(
                        wrong(
                                "`--map %s`: there is no `%s`, but %s"
                                        .formatted(
                                                spec,
                                                ours,
                                                Nearest.list(Nearest.first(ours, names)))));
            } else {
                columns.put(name.get(), theirs);
            }
        }
        return new Mapping(columns);
    }

    private static Optional<Name> named(String word) {
        return Arrays.stream(Name.values()).filter(n -> n.word().equals(word)).findFirst();
    }

    /** The same with one more name mapped, or mapped otherwise. */
    public Mapping with(Name name, String column) {
        EnumMap<Name, String> more = new EnumMap<>(Name.class);
        more.putAll(columns);
        more.put(name, column);
        return new Mapping(more);
    }

    /** The file's name for ours, where it was mapped. */
    public Optional<String> column(Name name) {
        return Optional.ofNullable(columns.get(name));
    }

    /** Whether it says where the conversation itself is. */
    boolean mapsText() {
        return columns.containsKey(Name.PROMPT) || columns.containsKey(Name.RESPONSE);
    }

    private static Problem wrong(String message) {
        return ProblemCode.OPTION_UNKNOWN.at(Where.file("--map"), message);
    }
}
