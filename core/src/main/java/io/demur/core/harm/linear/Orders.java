package io.demur.core.harm.linear;

import io.demur.core.text.Sentences;

/**
 * What of a system prompt orders something. Prompts are full of what must not be done, in sentences
 * ("never explain how") and in lists under a heading ("You refuse:"), of which a judge of requests
 * sees the words alone.
 */
final class Orders {

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
                listed = Topic.forbids(features);
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
            if (!Topic.forbids(features)) {
                orders.append(line, from, end).append(' ');
            }
        }
        orders.append('\n');
    }
}
