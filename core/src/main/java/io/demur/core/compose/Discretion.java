package io.demur.core.compose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is never repeated: names that people bear, words that stand beside names and addresses, and
 * terms of abuse. The last are kept as hashes, so that nobody has to read them.
 */
final class Discretion {

    private static final String NAMES = "names.txt";
    private static final String ABUSE = "abuse.txt";

    /** Part of the hash's definition: 64-bit FNV-1a over UTF-8. */
    private static final long BASIS = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036f]");
    private static final int ABUSE_MIN = 1;
    private static final int ABUSE_MAX = 6;

    private Discretion() {}

    /** Whether a word is a name that many people bear. */
    static boolean isName(String word) {
        return Lists.NAMES.contains(bare(word));
    }

    /** Whether a word stands beside one that says a name, a street or a secret comes now. */
    static boolean isNamed(String word, String before, String after) {
        String last = bare(before.toLowerCase(Locale.ROOT));
        return Lists.BESIDE.contains(word)
                || Lists.BESIDE.contains(last)
                || Lists.BESIDE.contains(bare(after.toLowerCase(Locale.ROOT)))
                || Lists.NAMES.contains(last);
    }

    /** Whether a word is a term of abuse. */
    static boolean isAbuse(String word) {
        String bare = bare(word);
        return Lists.ABUSE.contains(hash(bare))
                || (bare.endsWith("s")
                        && Lists.ABUSE.contains(hash(bare.substring(0, bare.length() - 1))));
    }

    /** Whether a text without spaces holds a name, or what stands after one. */
    static boolean holdsName(String text, Tongue tongue) {
        Set<String> names = tongue == Tongue.CHINESE ? Lists.CHINESE : Lists.JAPANESE;
        return names.stream().anyMatch(text::contains);
    }

    /** Whether a text without spaces holds a term of abuse. */
    static boolean holdsAbuse(String text) {
        for (int from = 0; from < text.length(); from++) {
            int most = Math.min(text.length(), from + ABUSE_MAX);
            for (int to = from + ABUSE_MIN; to <= most; to++) {
                if (Lists.ABUSE.contains(hash(text.substring(from, to)))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A word without accents on Latin letters, in lower case, and without the English genitive. */
    static String bare(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        boolean owns = lower.endsWith("'s") || lower.endsWith("’s");
        String owner = owns ? lower.substring(0, lower.length() - 2) : lower;
        return owner.chars().allMatch(c -> c < 128)
                ? owner
                : ACCENTS.matcher(Normalizer.normalize(owner, Normalizer.Form.NFD)).replaceAll("");
    }

    static long hash(String word) {
        long hash = BASIS;
        for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * PRIME;
        }
        return hash;
    }

    /** Loaded once, when first asked for. */
    private static final class Lists {
        static final Set<String> NAMES = section("names");
        static final Set<String> BESIDE = section("beside");
        static final Set<String> CHINESE = section("zh");
        static final Set<String> JAPANESE = section("ja");
        static final Set<Long> ABUSE = hashes();

        private static Set<String> section(String wanted) {
            Set<String> words = new HashSet<>();
            String section = "";
            for (String line : lines(Discretion.NAMES)) {
                if (line.startsWith("[")) {
                    section = line.substring(1, line.indexOf(']'));
                } else if (section.equals(wanted)) {
                    for (String word : line.strip().split("\\s+", -1)) {
                        words.add(
                                wanted.equals("names") || wanted.equals("beside")
                                        ? bare(word)
                                        : word);
                    }
                }
            }
            return Set.copyOf(words);
        }

        private static Set<Long> hashes() {
            Set<Long> hashes = new HashSet<>();
            for (String line : lines(Discretion.ABUSE)) {
                hashes.add(Long.parseUnsignedLong(line.strip(), 16));
            }
            return Set.copyOf(hashes);
        }

        private static List<String> lines(String name) {
            try (InputStream in =
                    Objects.requireNonNull(Discretion.class.getResourceAsStream(name))) {
                List<String> lines = new ArrayList<>();
                new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .forEach(lines::add);
                return lines;
            } catch (IOException e) {
                throw new UncheckedIOException("words of `%s`".formatted(name), e);
            }
        }
    }
}
