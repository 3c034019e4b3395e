package io.demur.eval.train;

import io.demur.core.harm.linear.Features;
import io.demur.core.harm.linear.Folding;
import io.demur.core.harm.linear.Windows;
import io.demur.core.text.Sentences;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text as the trainer of the harm judges looks at it: the features of each of its sentences.
 *
 * @param features of each sentence
 * @param words how many words they have together
 */
record Pooled(List<int[]> features, int words) {

    /** Nothing. */
    static final Pooled NONE = new Pooled(List.of(), 0);

    /** Nothing but letters and digits is undone before there is a table that knows words. */
    private static Features blank() {
        return new Features(word -> false);
    }

    /** A request, as the judge of requests cuts it. */
    static Pooled request(String text) {
        String folded = Folding.fold(text);
        Sentences sentences = Sentences.of(folded);
        Features features = blank();
        List<int[]> all = new ArrayList<>();
        int words = 0;
        for (int i = 0; i < sentences.count(); i++) {
            features.read(folded, sentences.start(i), sentences.end(i));
            words += take(features, all);
        }
        return new Pooled(all, words);
    }

    /** A text as the judge of answers cuts it; {@code apart} as in {@link Features}. */
    static Pooled windows(String text, int apart) {
        List<String> cut = new ArrayList<>();
        Windows windows = new Windows(cut::add);
        windows.append(text);
        cut.add(windows.open());
        Features features = blank();
        List<int[]> all = new ArrayList<>();
        int words = 0;
        for (String window : cut) {
            String folded = Folding.fold(window);
            features.read(folded, 0, folded.length(), apart);
            words += take(features, all);
        }
        return new Pooled(all, words);
    }

    private static int take(Features features, List<int[]> all) {
        if (features.words() > 0) {
            all.add(Arrays.copyOf(features.hashes, features.count));
        }
        return features.words();
    }

    /** All features one after another. */
    int[] flat() {
        return features.stream().flatMapToInt(Arrays::stream).toArray();
    }
}
