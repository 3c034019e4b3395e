package io.demur.remote;

import io.demur.core.StopReason;
import io.demur.wire.Completion;
import io.demur.wire.Completion.Choice;
import io.demur.wire.Completion.Token;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model's answer, as far as it is one: it ended by itself, was withheld by nobody, and has words.
 *
 * @param text as the model wrote it
 * @param tokens as the server gave them; empty where it gives none
 */
record Answer(String text, List<Token> tokens) {

    // Quantifiers that give nothing back: an answer may be a megabyte of blanks.
    private static final Pattern WRAPPED =
            Pattern.compile(
                    "\\s*+(?:<think>.*?</think>)?+\\s*+"
                            + "(?:```(?:json)?+\\h*+\\n([^`]*+)```|([^`]*+))\\s*+",
                    Pattern.DOTALL);

    /**
     * An answer that is complete.
     *
     * @throws Unreadable where it is withheld, empty or cut off, or calls tools
     */
    static Answer whole(Completion completion) throws Unreadable {
        if (completion.response().stop() instanceof StopReason.Length) {
            throw new Unreadable("an answer that was cut off");
        }
        return begun(completion);
    }

    /** An answer of which only the beginning may be there. */
    static Answer begun(Completion completion) throws Unreadable {
        String text = completion.response().text();
        switch (completion.response().stop()) {
            case StopReason.Refusal refusal -> throw new Unreadable("a refusal of the judge");
            case StopReason.ContentFilter filter ->
                    throw new Unreadable("an answer withheld by a filter");
            case StopReason.Failed failed ->
                    throw new Unreadable("an error, " + Excerpt.of(failed.message()));
            case StopReason.ToolCall call -> throw new Unreadable("a call of a tool");
            case StopReason.Length length -> nothing();
            case StopReason.End end -> nothing();
            case StopReason.Unstated unstated -> nothing();
        }
        if (text.isBlank()) {
            throw new Unreadable("an empty answer");
        }
        return new Answer(text, completion.tokens());
    }

    private static void nothing() {}

    /**
     * The JSON in it: all of it but thoughts before it and a fence around it, which many models
     * write whatever they were told. What stands anywhere else stays and is no JSON.
     */
    String json() {
        Matcher matcher = WRAPPED.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    /** What is said of an answer that is in no known form. */
    Unreadable unexpected() {
        return new Unreadable("an unexpected answer, " + Excerpt.of(text));
    }

    /**
     * How likely each of a few words was at a place of the text, as the probabilities of the tokens
     * that could have begun them say; they sum to one.
     *
     * @param at UTF-16 offset of the word that stands there
     * @param words what could stand there, of which none begins another
     * @return empty where the tokens are not given, do not make up the text, or contradict it
     */
    Optional<double[]> likelihood(int at, List<String> words) {
        Optional<Token> token = tokenAt(at);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        double[] mass = new double[words.size()];
        double known = 0;
        for (Choice choice : token.get().choices()) {
            String begun = choice.text().strip().toLowerCase(Locale.ROOT);
            for (int i = 0; i < mass.length && !begun.isEmpty(); i++) {
                String word = words.get(i).toLowerCase(Locale.ROOT);
                if (word.startsWith(begun) || begun.startsWith(word)) {
                    mass[i] += choice.probability();
                    known += choice.probability();
                    break;
                }
            }
        }
        int stands = standing(at, words);
        if (known == 0 || stands < 0) {
            return Optional.empty();
        }
        for (int i = 0; i < mass.length; i++) {
            // What the tokens leave open is shared by the words that did not come.
            double open = i == stands ? 0 : Math.max(0, 1 - known) / (mass.length - 1);
            mass[i] = (mass[i] + open) / Math.max(1, known);
        }
        for (double other : mass) {
            if (other > mass[stands]) {
                return Optional.empty();
            }
        }
        return Optional.of(mass);
    }

    private int standing(int at, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (text.regionMatches(true, at, word, 0, word.length())) {
                return i;
            }
        }
        return -1;
    }

    /** The token that begins at a character of the text, blanks before it apart. */
    private Optional<Token> tokenAt(int at) {
        StringBuilder joined = new StringBuilder();
        tokens.forEach(token -> joined.append(token.text()));
        // Some servers trim the text and not the tokens, and list the token that ends it.
        int shift = blanks(joined) - blanks(text);
        if (!joined.toString().strip().startsWith(text.strip())) {
            return Optional.empty();
        }
        int end = 0;
        for (Token token : tokens) {
            int start = end;
            end += token.text().length();
            if (end > at + shift) {
                // One that begins with something else is no choice between the words alone.
                boolean only = joined.substring(start, at + shift).isBlank();
                return only ? Optional.of(token) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static int blanks(CharSequence text) {
        int count = 0;
        while (count < text.length() && Character.isWhitespace(text.charAt(count))) {
            count++;
        }
        return count;
    }
}
