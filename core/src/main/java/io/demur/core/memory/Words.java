package io.demur.core.memory;

import io.demur.core.detect.linear.Hash;
import io.demur.core.harm.linear.HarmModel;
import io.demur.core.harm.linear.Shipped;

import java.util.ArrayList;
import java.util.Arrays;
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
public final class Words {

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

    /** Whether a word in small letters is one, as far as the judge of harm can tell. */
    public static boolean isKnown(String word) {
        return MODEL.knows(Hash.word(word));
    }

    /** Whether a word in small letters, perhaps misspelt, carries nothing of what is asked for. */
    public static boolean isPlain(String word) {
        boolean little = word.length() <= 2 && word.chars().allMatch(Character::isLetter);
        return little
                || PLAIN.contains(word)
                || (word.length() <= SLIP_MAX
                        && variants(word, false).stream().anyMatch(PLAIN::contains));
    }

    static int hash(MemoryKey key, String word) {
        Letters letters = Letters.of(word);
        return (int) (key.hash(letters.all, 0, Math.min(STEM, letters.count)) >>> 32);
    }

    /**
     * The words of which one that stands in a text may be a slip of the hand. Made once for each
     * word: there may be a thousand of them, and many refusals to look for them in.
     */
    static final class Slips {
        private final String written;
        private final boolean all;

        /** Of each variant, with its place among them in the lower half; ascending. */
        private final long[] hashes;

        private Slips(String written, boolean all, long[] hashes) {
            this.written = written;
            this.all = all;
            this.hashes = hashes;
        }

        /** Those of a word in small letters: all, or only two letters that changed places. */
        static Slips of(MemoryKey key, String written, boolean all) {
            if (written.length() > SLIP_MAX) {
                return new Slips(written, all, new long[0]);
            }
            List<String> variants = variants(written, all);
            long[] hashes = new long[variants.size()];
            for (int place = 0; place < hashes.length; place++) {
                hashes[place] = (long) hash(key, variants.get(place)) << 32 | place;
            }
            Arrays.sort(hashes);
            return new Slips(written, all, hashes);
        }

        /** Which of others it is, rather a known word than none. */
        Optional<String> among(Set<Integer> others) {
            List<Integer> places = new ArrayList<>();
            for (int other : others) {
                int at = Arrays.binarySearch(hashes, (long) other << 32);
                for (at = at < 0 ? -1 - at : at; at < hashes.length; at++) {
                    if ((int) (hashes[at] >>> 32) != other) {
                        break;
                    }
                    places.add((int) hashes[at]);
                }
            }
            if (places.isEmpty()) {
                return Optional.empty();
            }
            List<String> variants = variants(written, all);
            List<String> meant = places.stream().sorted().map(variants::get).toList();
            return meant.stream()
                    .filter(variant -> MODEL.knows(Hash.word(variant)))
                    .findFirst()
                    .or(() -> meant.stream().findFirst());
        }
    }

    /** Whether a word may be any slip of one of so many others, or only of letters exchanged. */
    static boolean mayBeAny(Word word, int others) {
        return !word.known || others >= SURE;
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
