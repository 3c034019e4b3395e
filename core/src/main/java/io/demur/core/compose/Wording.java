package io.demur.core.compose;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy says in its own words: for some languages and some keys, a text in the place of
 * ours. The keys are those of the languages' files, and {@code term.…} with the id of a condition.
 * Immutable.
 */
public final class Wording {

    /** Ours throughout. */
    public static final Wording NONE = new Wording(Map.of());

    private static final int LENGTH_MAX = 400;

    private final Map<Tongue, Map<String, String>> texts;

    private Wording(Map<Tongue, Map<String, String>> texts) {
        this.texts = texts;
    }

    /**
     * A policy's own words.
     *
     * @throws IllegalArgumentException if {@link #problem} finds one
     */
    public static Wording of(Map<Tongue, Map<String, String>> texts) {
        Map<Tongue, Map<String, String>> copy = new EnumMap<>(Tongue.class);
        List<String> problems = new ArrayList<>();
        texts.forEach(
                (tongue, own) -> {
                    own.forEach((key, text) -> problem(key, text).ifPresent(problems::add));
                    copy.put(tongue, Map.copyOf(own));
                });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new Wording(copy);
    }

    /** What is wrong with one text, if anything. */
    public static Optional<String> problem(String key, String text) {
        boolean list = key.startsWith(Keys.WORDS) || key.startsWith(Keys.TONE);
        Set<String> holds = Keys.required().get(key);
        if (list || (holds == null && !key.startsWith(Keys.TERM))) {
            return Optional.of("wording `%s` is none that can be set".formatted(key));
        }
        if (text.isBlank() || text.length() > LENGTH_MAX) {
            return Optional.of(
                    "wording `%s` has %d characters, not between 1 and %d"
                            .formatted(key, text.length(), LENGTH_MAX));
        }
        if (text.codePoints().anyMatch(Wording::isUnseen)) {
            return Optional.of("wording `%s` holds characters that are not seen".formatted(key));
        }
        Set<String> found = Phrases.placeholders(text);
        Set<String> may = holds == null ? Set.of() : holds;
        return may.equals(found)
                ? Optional.empty()
                : Optional.of("wording `%s` holds %s, not %s".formatted(key, found, may));
    }

    /** The policy's texts, by language and key. */
    public Map<Tongue, Map<String, String>> texts() {
        return Collections.unmodifiableMap(texts);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Wording wording && texts.equals(wording.texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    /** The policy's text for a key, where it has one. */
    Optional<String> text(Tongue tongue, String key) {
        return Optional.ofNullable(texts.getOrDefault(tongue, Map.of()).get(key));
    }

    private static boolean isUnseen(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
