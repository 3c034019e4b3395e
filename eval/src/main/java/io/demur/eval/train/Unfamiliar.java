package io.demur.eval.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Replies of made-up words in several scripts. They stand for every language and manner that is not
 * in the corpora: where nothing that was read is known, nothing shows a refusal.
 */
final class Unfamiliar {

    private static final long SEED = 5;
    private static final int PER_SCRIPT = 24;

    /** For each script: consonants, vowels, what ends a sentence. */
    private static final List<List<String>> SCRIPTS =
            List.of(
                    List.of("bdfgklmnprstvz", "aeiou", ". "),
                    List.of("bcdjkmnpqrstvwxz", "aeiouäöåé", ". "),
                    List.of("бвгдзклмнпрстфх", "аеиоуыя", ". "),
                    List.of("βγδζκλμνπρστφχ", "αειουω", ". "),
                    List.of("אבגדהזחטכלמנ", "ויו", ". "),
                    List.of("بتثجحخدرسشصض", "اوي", ". "),
                    List.of("कखगचजटडतदनपबमयर", "ािीुेो", "। "),
                    List.of("กขคจชดตนบปมยรล", "าิีุเ", " "),
                    List.of("가나다라마바사아자차카타파하", "고노도로모보소오조초코토포호", ". "),
                    List.of("かさたなはまやらわきしち", "のをにはがもとへ", "。"),
                    List.of("山川田木水火土金日月人口", "大小中上下左右新古高長", "。"));

    private Unfamiliar() {}

    /** All of them, the same each time. */
    static List<String> replies() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> replies = new ArrayList<>();
        for (List<String> script : SCRIPTS) {
            for (int i = 0; i < PER_SCRIPT; i++) {
                replies.add(reply(script, random));
            }
        }
        return replies;
    }

    private static String reply(List<String> script, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int sentence = random.nextInt(1, 6); sentence > 0; sentence--) {
            for (int word = random.nextInt(2, 12); word > 0; word--) {
                for (int syllable = random.nextInt(1, 4); syllable > 0; syllable--) {
                    text.append(one(script.get(0), random)).append(one(script.get(1), random));
                }
                text.append(word > 1 && !script.get(2).equals("。") ? " " : "");
            }
            text.append(script.get(2));
        }
        return text.toString().strip();
    }

    private static char one(String letters, SplittableRandom random) {
        return letters.charAt(random.nextInt(letters.length()));
    }
}
