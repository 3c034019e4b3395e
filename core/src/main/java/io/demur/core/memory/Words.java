package io.demur.core.memory;

import io.demur.core.detect.linear.Hash;
import io.demur.core.harm.linear.HarmModel;
import io.demur.core.harm.linear.Shipped;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The words of a text that carry what it asks for: those that are no plain words. A text may share
 * nearly all its letters with another and differ in the one word that decides; that word is what
 * this is for. Endings count for nothing. Scripts without blanks between words have none.
 */
final class Words {

    /** Letters of a word that are compared. */
    private static final int STEM = 5;

    /** Among so many words that agree, a known word may be a slip too. */
    private static final int SURE = 5;

    /** From here on, scripts mostly have no blanks between words. */
    private static final char UNSPACED = 0x2E80;

    /** Longer words are not tried for slips. */
    private static final int SLIP_MAX = 24;

    /** Words that may come and go without changing what is asked for. */
    private static final Set<String> PLAIN =
            Set.of(
                    """
                    a about actually again all also always am an and any anybody anyone anything
                    anywhere are around as ask at away back be because been before being best
                    better but by can cannot cant come could did didnt do does doesnt doing done
                    dont down draft each easiest easy either else even ever every everybody
                    everyone everything everywhere exactly explain fast few find folks for from
                    full get gets getting give go going gonna good got guy had has have he hello
                    help her here hers hey hi him his how hows i id if ill im in into is isnt it
                    its ive just kind know less let like list little ll look lot made make makes
                    making many may maybe me might mine more most much must my myself need needs
                    new no nobody noone not nothing now of off often oh ok on once one only or
                    other our out over own people person please pls plz possible quick quickly
                    quite re really right s same say see send shall she should show simple so some
                    somebody someone something somewhere soon step steps still such t tell than
                    thank thanks that thats the their them then there these they thing things think
                    this those though through time to today too try two u under up ur us use using
                    ve very via w wanna want wants was way ways we well were what whats when where
                    which while who whom whose will wish with within without wo would wouldnt write
                    writing yes yet you your yours
                    """
                            .strip()
                            .split("\\s+"));

    private static final HarmModel MODEL = Shipped.harm().model();

    /**
     * One word.
     *
     * @param hash keyed, of its beginning
     * @param from where it begins
     * @param to where it ends
     * @param known whether it is a word, as far as the judge of harm can tell
     */
    record Word(int hash, int from, int to, boolean known) {}

    private Words() {}

    /** All but the plain words, in their order. */
    static List<Word> of(MemoryKey key, String text) {
        List<Word> words = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = from;
            while (to < text.length() && isPart(text, to)) {
                to++;
            }
            if (to > from) {
                add(key, text, from, to, words);
            }
            from = to + 1;
        }
        return words;
    }

    private static void add(MemoryKey key, String text, int from, int to, List<Word> words) {
        String word = text.substring(from, to).toLowerCase(Locale.ROOT).replaceAll("[',]", "");
        if (word.isEmpty() || isPlain(word)) {
            return;
        }
        int hash = hash(key, word);
        boolean known = MODEL.knows(Hash.word(word));
        words.add(new Word(hash, from, to, known));
    }

    private static boolean isPlain(String word) {
        boolean little = word.length() <= 2 && word.chars().allMatch(Character::isLetter);
        return little
                || PLAIN.contains(word)
                || variants(word, false).stream().anyMatch(PLAIN::contains);
    }

    static int hash(MemoryKey key, String word) {
        Letters letters = Letters.of(word);
        return (int) (key.hash(letters.all, 0, Math.min(STEM, letters.count)) >>> 32);
    }

    /** Which of others a word that stands in a text is, but for one slip of the hand. */
    static Optional<String> slip(MemoryKey key, String text, Word word, Set<Integer> others) {
        String written = text.substring(word.from, word.to).toLowerCase(Locale.ROOT);
        if (written.length() > SLIP_MAX) {
            return Optional.empty();
        }
        List<String> meant =
                variants(written, !word.known || others.size() >= SURE).stream()
                        .filter(variant -> others.contains(hash(key, variant)))
                        .toList();
        return meant.stream()
                .filter(variant -> MODEL.knows(Hash.word(variant)))
                .findFirst()
                .or(() -> meant.stream().findFirst());
    }

    /**
     * The words of which a word may be a slip: two letters have changed places; of what is no word,
     * also one letter is another, too many, or missing.
     */
    private static List<String> variants(String word, boolean all) {
        List<String> variants = new ArrayList<>();
        for (int i = 0; i <= word.length(); i++) {
            String before = word.substring(0, i);
            if (i + 1 < word.length()) {
                variants.add(before + word.charAt(i + 1) + word.charAt(i) + word.substring(i + 2));
            }
            if (all && i < word.length()) {
                variants.add(before + word.substring(i + 1));
            }
            for (char c = 'a'; all && c <= 'z'; c++) {
                variants.add(before + c + word.substring(i));
                if (i < word.length()) {
                    variants.add(before + c + word.substring(i + 1));
                }
            }
        }
        return variants;
    }

    private static boolean isPart(String text, int at) {
        char c = text.charAt(at);
        if (c == ',') {
            return at > 0
                    && at + 1 < text.length()
                    && isDigit(text.charAt(at - 1))
                    && isDigit(text.charAt(at + 1));
        }
        return Character.isLetterOrDigit(c) ? c < UNSPACED : c == '\'';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static Set<Integer> hashes(List<Word> words) {
        Set<Integer> hashes = new HashSet<>();
        words.forEach(word -> hashes.add(word.hash));
        return hashes;
    }
}
