package io.demur.core.compose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The words of one language, as its file has them: {@code key = text} on one line each, {@code #}
 * before a remark. Word lists are parted by blank space, lists of phrases by {@code |}; a line that
 * begins with blank space goes on with the one before. Loaded once, and complete or not at all.
 */
final class Phrases {

    static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    private final Map<String, String> texts;
    private final Map<String, List<String>> lists = new HashMap<>();
    private final Set<String> lead;
    private final Set<String> link;
    private final Set<String> ordinary;

    private Phrases(Map<String, String> texts) {
        this.texts = texts;
        texts.keySet().stream()
                .filter(key -> key.startsWith(Keys.WORDS) || key.startsWith(Keys.TONE))
                .forEach(key -> lists.put(key, cut(text(key))));
        lead = wordSet("lead");
        link = wordSet("link");
        ordinary = ordinaryWords();
    }

    /** The words of a language. */
    static Phrases of(Tongue tongue) {
        return Objects.requireNonNull(Loaded.ALL.get(tongue));
    }

    /** The text of a key that every language has. */
    String text(String key) {
        return Objects.requireNonNull(texts.get(key), key);
    }

    boolean has(String key) {
        return texts.containsKey(key);
    }

    /** Words that stand around what is asked for: of asking, of politeness, pronouns. */
    Set<String> lead() {
        return lead;
    }

    /** Words that may stand within it: articles, prepositions; where it ends, without spaces. */
    Set<String> link() {
        return link;
    }

    /** Words that say nothing about anybody, and can be repeated whatever the request is about. */
    Set<String> ordinary() {
        return ordinary;
    }

    /** A list of phrases or of words, in lower case. */
    List<String> list(String key) {
        return Objects.requireNonNull(lists.get(key), key);
    }

    private static List<String> cut(String listed) {
        String text = listed.toLowerCase(Locale.ROOT);
        List<String> list = new ArrayList<>();
        for (String each : text.split(text.indexOf('|') >= 0 ? "\\|" : "\\s+", -1)) {
            if (!each.isBlank()) {
                list.add(each.strip());
            }
        }
        return List.copyOf(list);
    }

    private Set<String> wordSet(String key) {
        return Set.copyOf(new HashSet<>(list(Keys.WORDS + key)));
    }

    /** Those of the list, and those that the language's own alternatives are made of. */
    private Set<String> ordinaryWords() {
        Set<String> words = new HashSet<>(list(Keys.WORDS + "ordinary"));
        texts.forEach(
                (key, text) -> {
                    if (key.startsWith("hazard.") || key.startsWith(Keys.UNCLEAR)) {
                        words.addAll(Prompts.words(text));
                    }
                });
        words.removeAll(lead);
        words.removeAll(link);
        return Set.copyOf(words);
    }

    /**
     * Reads a language's file.
     *
     * @throws IllegalStateException if a key is missing, unknown or there twice, or a text lacks a
     *     placeholder or has one too many; all of them are named
     */
    static Phrases parse(String name, String file) {
        Map<String, String> texts = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        String key = "";
        for (String line : file.lines().toList()) {
            int equals = line.indexOf('=');
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0)) && !key.isEmpty()) {
                texts.merge(key, " " + line.strip(), String::concat);
            } else if (equals > 0) {
                key = line.substring(0, equals).strip();
                if (texts.put(key, value(line.substring(equals + 1))) != null) {
                    wrong.add("`%s` is there twice".formatted(key));
                }
            } else {
                wrong.add("`%s` is no `key = text`".formatted(line));
            }
        }
        Keys.required().forEach((known, holds) -> wrong.addAll(missing(texts, known, holds)));
        for (String found : new TreeSet<>(texts.keySet())) {
            if (!Keys.required().containsKey(found)) {
                wrong.add("`%s` is not a known key".formatted(found));
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(
                    "words of `%s`: %s".formatted(name, String.join("; ", wrong)));
        }
        return new Phrases(Map.copyOf(texts));
    }

    private static String value(String text) {
        String bare = text.strip();
        boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
        return quoted ? bare.substring(1, bare.length() - 1) : bare;
    }

    private static List<String> missing(Map<String, String> texts, String key, Set<String> holds) {
        String text = texts.get(key);
        if (text == null) {
            return List.of("`%s` is missing".formatted(key));
        }
        Set<String> found = placeholders(text);
        return found.equals(holds)
                ? List.of()
                : List.of("`%s` holds %s and should hold %s".formatted(key, found, holds));
    }

    static Set<String> placeholders(String text) {
        Set<String> found = new HashSet<>();
        PLACEHOLDER.matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    private static Phrases load(Tongue tongue) {
        String name = tongue.code() + ".txt";
        try (InputStream in = Phrases.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("`%s` is not on the class path".formatted(name));
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("words of `%s`".formatted(name), e);
        }
    }

    /** Made when first asked for. */
    private static final class Loaded {
        static final Map<Tongue, Phrases> ALL = all();

        private static Map<Tongue, Phrases> all() {
            Map<Tongue, Phrases> all = new EnumMap<>(Tongue.class);
            for (Tongue tongue : Tongue.values()) {
                all.put(tongue, load(tongue));
            }
            return all;
        }
    }
}
