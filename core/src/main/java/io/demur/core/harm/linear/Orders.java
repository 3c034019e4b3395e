package io.demur.core.harm.linear;

import io.demur.core.detect.linear.WordSet;
import io.demur.core.text.Sentences;

/**
 * What of a system prompt orders something. Prompts are full of what must not be done, in sentences
 * ("never explain how") and in lists under a heading ("You refuse:"), of which a judge of requests
 * sees the words alone.
 */
final class Orders {

    /** Words that forbid what stands in the sentence, wherever they stand. */
    private static final WordSet REFUSES =
            WordSet.of(
                    "refuse refuses refused decline declines reject rejects block blocks cannot"
                            + " cant prohibited forbidden disallowed banned");

    /** Words that forbid at the beginning of a sentence; further on they may well be ordered. */
    private static final WordSet NEVER =
            WordSet.of("never not no dont avoid mustnt shouldnt nothing none without");

    /** Words of a sentence that count as its beginning. */
    private static final int BEGINNING = 6;

    private Orders() {}

    /** The prompt without its sentences, and its lists, that say what must not be done. */
    static String of(String prompt, Features features) {
        StringBuilder orders = new StringBuilder();
        boolean listed = false;
        for (String line : prompt.split("\\R", -1)) {
            String bare = line.strip();
            if (bare.isEmpty()) {
                listed = false;
            } else if (isHeading(bare)) {
                features.read(bare, 0, bare.length());
                listed = forbids(features);
            }
            if (!listed) {
                add(line, features, orders);
            }
        }
        return orders.toString();
    }

    private static boolean isHeading(String line) {
        return line.endsWith(":") || line.startsWith("#") || line.endsWith("**");
    }

    private static void add(String line, Features features, StringBuilder orders) {
        Sentences sentences = Sentences.of(line);
        for (int i = 0; i < sentences.count(); i++) {
            int from = sentences.start(i);
            int end = sentences.end(i);
            features.read(line, from, end);
            if (!forbids(features)) {
                orders.append(line, from, end).append(' ');
            }
        }
        orders.append('\n');
    }

    private static boolean forbids(Features features) {
        for (int i = 0; i < features.tokens.count; i++) {
            int word = features.tokens.hashes[i];
            if (REFUSES.contains(word) || (i < BEGINNING && NEVER.contains(word))) {
                return true;
            }
        }
        return false;
    }
}
