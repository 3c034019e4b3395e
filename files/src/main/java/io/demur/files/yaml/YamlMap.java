package io.demur.files.yaml;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.files.Nearest;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of keys of a document, asked by what reads it. An answer of another kind than was asked
 * for is a problem and no answer; a key that nobody asked for is one too, once {@link #end} is
 * called.
 *
 * <p>Not safe for use by several threads.
 */
public final class YamlMap {

    /** The code of every problem with the form of a document. */
    public static final String INVALID = "yaml-invalid";

    /** The code of a key that means nothing. */
    public static final String UNKNOWN_KEY = "key-unknown";

    /** The code of a key that has to be there and is not. */
    public static final String MISSING_KEY = "key-missing";

    /** The code of a value that cannot stand where it stands. */
    public static final String INVALID_VALUE = "value-invalid";

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}) ?(ms|s|min|h|d)");

    private final String path;
    private final YamlNode.Mapping mapping;
    private final List<Problem> problems;
    private final Map<String, YamlNode> values = new LinkedHashMap<>();
    private final Map<String, Where> keys = new HashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    YamlMap(String path, YamlNode.Mapping mapping, List<Problem> problems) {
        this.path = path;
        this.mapping = mapping;
        this.problems = problems;
        for (YamlNode.Pair pair : mapping.pairs()) {
            values.put(pair.key().text(), pair.value());
            keys.put(pair.key().text(), pair.key().where());
        }
    }

    /** Where the block begins. */
    public Where where() {
        return mapping.where();
    }

    /** Where the value of a key stands, or the block where there is none. */
    public Where where(String key) {
        YamlNode value = values.get(key);
        return value == null ? mapping.where() : value.where();
    }

    /** Whether there is such a key, with a value. */
    public boolean has(String key) {
        return value(key).isPresent();
    }

    /** Every key, in the order of the document: for blocks whose keys the user chooses. */
    public List<String> keys() {
        return List.copyOf(values.keySet());
    }

    /** Says that a key has to be there; nothing where it is. */
    public void require(String key) {
        if (value(key).isEmpty()) {
            problems.add(
                    Problem.at(
                            mapping.where(),
                            MISSING_KEY,
                            path.isEmpty()
                                    ? "`%s` is missing".formatted(key)
                                    : "`%s`: `%s` is missing".formatted(path, key)));
        }
    }

    /** A text. A number or a truth value is one only in quotes. */
    public Optional<String> text(String key) {
        return value(key).flatMap(node -> text(key, node));
    }

    /** A whole number between two limits, both included. */
    public OptionalInt whole(String key, int from, int to) {
        Optional<YamlNode> value = value(key);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.get() instanceof YamlNode.Scalar scalar
                && scalar.plain()
                && scalar.text().matches("[-+]?[0-9]{1,9}")) {
            int found = Integer.parseInt(scalar.text());
            if (found >= from && found <= to) {
                return OptionalInt.of(found);
            }
        }
        invalid(key, value.get(), "a whole number from %d to %d".formatted(from, to));
        return OptionalInt.empty();
    }

    /** A number between two limits, both included; {@code 5 %} is 0.05. */
    public OptionalDouble number(String key, double from, double to) {
        Optional<YamlNode> value = value(key);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        String meant = "";
        if (value.get() instanceof YamlNode.Scalar scalar && scalar.plain()) {
            String text = scalar.text();
            boolean percent = text.endsWith("%");
            String digits = percent ? text.substring(0, text.length() - 1).strip() : text;
            if (digits.matches("[-+]?([0-9]{1,15}(\\.[0-9]{0,15})?|\\.[0-9]{1,15})")) {
                BigDecimal found = new BigDecimal(digits);
                double number = (percent ? found.movePointLeft(2) : found).doubleValue();
                if (number >= from && number <= to) {
                    return OptionalDouble.of(number);
                }
                if (!percent && number / 100 >= from && number / 100 <= to) {
                    meant = "; `%s %%` would be one".formatted(digits);
                }
            }
        }
        invalid(
                key,
                value.get(),
                "a number from %s to %s%s".formatted(plain(from), plain(to), meant));
        return OptionalDouble.empty();
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> truth(String key) {
        return value(key)
                .flatMap(
                        node -> {
                            if (node instanceof YamlNode.Scalar scalar && scalar.plain()) {
                                if (scalar.text().equals("true")) {
                                    return Optional.of(true);
                                }
                                if (scalar.text().equals("false")) {
                                    return Optional.of(false);
                                }
                            }
                            invalid(key, node, "`true` or `false`");
                            return Optional.empty();
                        });
    }

    /** A length of time, such as {@code 250 ms}, {@code 10s}, {@code 24 h}, {@code 183 d}. */
    public Optional<Duration> duration(String key) {
        return value(key)
                .flatMap(
                        node -> {
                            if (node instanceof YamlNode.Scalar scalar) {
                                Matcher found = DURATION.matcher(scalar.text());
                                if (found.matches()) {
                                    long count = Long.parseLong(found.group(1));
                                    return Optional.of(of(count, found.group(2)));
                                }
                            }
                            invalid(key, node, "a length of time, such as `10 s` or `24 h`");
                            return Optional.empty();
                        });
    }

    private static Duration of(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "min" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** One of the given words. */
    public <T> Optional<T> choice(String key, Map<String, T> words) {
        return value(key).flatMap(node -> choice(key, node, words));
    }

    /** Some of the given words: a list, or one of them alone. */
    public <T> Set<T> choices(String key, Map<String, T> words) {
        Set<T> found = new LinkedHashSet<>();
        items(key).forEach(item -> choice(key, item, words).ifPresent(found::add));
        return found;
    }

    /** A list of texts, or one alone. */
    public List<String> texts(String key) {
        List<String> found = new ArrayList<>();
        items(key).forEach(item -> text(key, item).ifPresent(found::add));
        return found;
    }

    /** Every single value of the block and of what stands in it, decoded, keys included. */
    public Map<Where, String> words() {
        Map<Where, String> found = new LinkedHashMap<>();
        gather(mapping, found);
        return found;
    }

    private static void gather(YamlNode node, Map<Where, String> found) {
        switch (node) {
            case YamlNode.Scalar scalar -> found.put(scalar.where(), scalar.text());
            case YamlNode.Sequence sequence ->
                    sequence.items().forEach(item -> gather(item, found));
            case YamlNode.Mapping mapping ->
                    mapping.pairs()
                            .forEach(
                                    pair -> {
                                        gather(pair.key(), found);
                                        gather(pair.value(), found);
                                    });
        }
    }

    /** The block under a key; what is none is told the keys that it could have. */
    public Optional<YamlMap> map(String key, String... known) {
        Optional<YamlNode> value = value(key);
        if (value.isPresent() && !(value.get() instanceof YamlNode.Mapping)) {
            invalid(key, value.get(), "a block of keys: " + Nearest.list(List.of(known)));
            return Optional.empty();
        }
        return map(key);
    }

    /** The block under a key. */
    public Optional<YamlMap> map(String key) {
        return value(key).flatMap(node -> map(join(key), key, node));
    }

    /** A list of blocks. */
    public List<YamlMap> maps(String key) {
        List<YamlMap> found = new ArrayList<>();
        Optional<YamlNode> value = value(key);
        if (value.isPresent() && value.get() instanceof YamlNode.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                map("%s[%d]".formatted(join(key), i + 1), key, sequence.items().get(i))
                        .ifPresent(found::add);
            }
        } else if (value.isPresent()) {
            invalid(key, value.get(), "a list");
        }
        return found;
    }

    /** A list of blocks, in which a text stands for a block with nothing but that key. */
    public List<YamlMap> maps(String key, String alone) {
        List<YamlMap> found = new ArrayList<>();
        List<YamlNode> items = items(key);
        for (int i = 0; i < items.size(); i++) {
            YamlNode item = items.get(i);
            if (item instanceof YamlNode.Scalar text) {
                YamlNode.Scalar name = new YamlNode.Scalar(alone, true, text.where());
                item = new YamlNode.Mapping(List.of(new YamlNode.Pair(name, text)), text.where());
            }
            map("%s[%d]".formatted(join(key), i + 1), key, item).ifPresent(found::add);
        }
        return found;
    }

    /** Makes a problem of the value of a key that has the right form and cannot be all the same. */
    public void refuse(String key, String message) {
        YamlNode value = values.get(key);
        Where where = value == null ? mapping.where() : value.where();
        problems.add(Problem.at(where, INVALID_VALUE, "`%s`: %s".formatted(join(key), message)));
    }

    /** Makes a problem of every key that nobody has asked for. */
    public void end() {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                List<String> likely = Nearest.first(key, asked);
                Problem problem =
                        Problem.at(
                                keys.getOrDefault(key, mapping.where()),
                                UNKNOWN_KEY,
                                "`%s` is not known here".formatted(join(key)));
                problems.add(
                        likely.isEmpty()
                                ? problem
                                : problem.withFix("known are " + Nearest.list(likely)));
            }
        }
    }

    private Optional<YamlNode> value(String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key))
                .filter(node -> !(node instanceof YamlNode.Scalar scalar && scalar.isNull()));
    }

    private List<YamlNode> items(String key) {
        Optional<YamlNode> value = value(key);
        if (value.isPresent() && value.get() instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        return value.map(List::of).orElse(List.of());
    }

    private Optional<String> text(String key, YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar && !scalar.isOther()) {
            return Optional.of(scalar.text());
        }
        invalid(key, node, node instanceof YamlNode.Scalar ? "a text; put it in quotes" : "a text");
        return Optional.empty();
    }

    private <T> Optional<T> choice(String key, YamlNode node, Map<String, T> words) {
        if (node instanceof YamlNode.Scalar scalar) {
            T found = words.get(scalar.text());
            if (found != null) {
                return Optional.of(found);
            }
            invalid(key, node, oneOf(Nearest.first(scalar.text(), words.keySet())));
        } else {
            invalid(key, node, oneOf(words.keySet()));
        }
        return Optional.empty();
    }

    private static String oneOf(Collection<String> words) {
        return "one of " + Nearest.list(words);
    }

    private Optional<YamlMap> map(String at, String key, YamlNode node) {
        if (node instanceof YamlNode.Mapping block) {
            return Optional.of(new YamlMap(at, block, problems));
        }
        invalid(key, node, "a block of keys");
        return Optional.empty();
    }

    private void invalid(String key, YamlNode node, String right) {
        problems.add(
                Problem.at(
                        node.where(),
                        INVALID_VALUE,
                        "`%s`: %s is not %s".formatted(join(key), node.called(), right)));
    }

    private String join(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** Words in lower case for the constants of an enum. */
    public static <E extends Enum<E>> Map<String, E> words(Class<E> type) {
        return words(List.of(type.getEnumConstants()), E::name);
    }

    private static <E> Map<String, E> words(List<E> values, Function<E, String> name) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E value : values) {
            words.put(name.apply(value).toLowerCase(Locale.ROOT).replace('_', '-'), value);
        }
        return words;
    }
}
