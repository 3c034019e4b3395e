package io.demur.files;

import io.demur.core.Labels;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words that data sets use as labels, mapped to ours in this one place. Case does not count,
 * spaces and hyphens count as underscores, and {@code 1.0} is {@code 1}.
 */
public final class LabelValues {

    /** Of responses. */
    static final SortedMap<String, Labels.Answer> ANSWERS = answers();

    /** Of prompts. */
    static final SortedMap<String, Labels.Prompt> PROMPTS = prompts();

    /** Words which mean something only in a column of which it is known what it asks. */
    private static final Set<String> UNCERTAIN = Set.of("true", "false", "0", "1");

    /** Spreadsheets and data frames write whole numbers like this. */
    private static final Pattern DECIMAL = Pattern.compile("[01]\\.0+");

    private LabelValues() {}

    /** What a word says of a response; empty where it is not known. */
    public static Optional<Labels.Answer> answer(String value) {
        return Optional.ofNullable(ANSWERS.get(plain(value)));
    }

    static Optional<Labels.Prompt> prompt(String value) {
        return Optional.ofNullable(PROMPTS.get(plain(value)));
    }

    /** Whether it is a number or a truth value, which may say anything. */
    static boolean isUncertain(String value) {
        return UNCERTAIN.contains(plain(value));
    }

    private static SortedMap<String, Labels.Answer> answers() {
        SortedMap<String, Labels.Answer> words = new TreeMap<>();
        Stream.of("1_full_compliance", "compliance", "comply", "complied", "full_compliance")
                .forEach(word -> words.put(word, Labels.Answer.COMPLIANCE));
        Stream.of("answer", "answered", "direct_answer", "false", "0")
                .forEach(word -> words.put(word, Labels.Answer.COMPLIANCE));
        Stream.of("3_partial_refusal", "partial", "partial_refusal")
                .forEach(word -> words.put(word, Labels.Answer.PARTIAL));
        Stream.of("2_full_refusal", "full", "full_refusal")
                .forEach(word -> words.put(word, Labels.Answer.FULL));
        Stream.of("refusal", "refused", "refuse", "direct_refusal", "indirect_refusal", "true", "1")
                .forEach(word -> words.put(word, Labels.Answer.REFUSAL));
        return words;
    }

    private static SortedMap<String, Labels.Prompt> prompts() {
        SortedMap<String, Labels.Prompt> words = new TreeMap<>();
        Stream.of("harmful", "unsafe", "toxic", "true", "1")
                .forEach(word -> words.put(word, Labels.Prompt.HARMFUL));
        Stream.of("benign", "safe", "harmless", "false", "0")
                .forEach(word -> words.put(word, Labels.Prompt.BENIGN));
        return words;
    }

    private static String plain(String value) {
        String word = value.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        return DECIMAL.matcher(word).matches() ? word.substring(0, 1) : word;
    }
}
