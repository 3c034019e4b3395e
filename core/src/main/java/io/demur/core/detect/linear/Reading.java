package io.demur.core.detect.linear;

import io.demur.core.text.Sentence.Shape;
import io.demur.core.text.Sentences;

import java.util.Arrays;

/**
 * What the judge reads of one reply: the features of each sentence, and some measures of the whole.
 *
 * <p>Of a long reply, the first {@value #HEAD} sentences and the last {@value #TAIL} are read in
 * full and, of those between, {@value #MIDDLE} at even distances: a refusal stands at the ends, and
 * what is delivered goes on for long. So the cost beyond cutting is bounded. Reasoning blocks are
 * not read, and of code only that it is there.
 */
@SuppressWarnings("EnumOrdinal") // the order of the constants is that of columns in the weights
public final class Reading {

    /** Number of measures of the whole. */
    public static final int MEASURES = 36;

    private static final int HEAD = 40;
    private static final int MIDDLE = 24;
    private static final int TAIL = 16;

    private static final int MASK = Hash.word("\u0001prompt");
    private static final int BEGIN = Hash.word("\u0001begin");
    private static final WordSet NOT =
            WordSet.of("no not never cannot cant dont isnt arent shouldnt wasnt werent");
    private static final int TO = Hash.word("to");
    private static final int QUESTION = '?' * 0x01000193;
    private static final int COLON = ':' * 0x01000193;
    private static final int QUOTE_SALT = 0x5bd1e995;

    private final Sentences sentences;
    private final int[] picks;
    private final int[] from;
    private int[] features = new int[512];
    private int filled;
    private final float[] measures = new float[MEASURES];

    private final PromptWords prompt;
    private int ofSystem;
    private boolean endsAsking;
    private boolean said;
    private int wordsAll;
    private int wordsMasked;
    private int wordsQuoted;
    private int wordsFirst;
    private int maskedFirst;
    private int questions;
    private int lists;
    private int codes;
    private int headings;
    private int marks;
    private boolean opensWithTopic;
    private boolean negatedEarly;
    private boolean opensWithAim;
    private int unreal;
    private int moral;

    private Reading(String text, PromptWords prompt) {
        this.prompt = prompt;
        sentences = Sentences.of(text);
        picks = pick(sentences);
        from = new int[picks.length + 1];
        Words words = new Words();
        boolean whole = quotedAsAWhole(text);
        for (int i = 0; i < picks.length; i++) {
            int s = picks[i];
            Shape shape = sentences.shape(s);
            if (sentences.opensParagraph(s)) {
                words.inQuote = false;
            }
            words.count = 0;
            if (shape != Shape.CODE) {
                words.read(text, sentences.start(s), sentences.end(s));
            }
            sentence(words, prompt, whole, i, shape);
            from[i + 1] = filled;
        }
        measure(text, prompt);
    }

    /** Reads a reply against what was asked. */
    public static Reading of(String text, PromptWords prompt) {
        return new Reading(text, prompt);
    }

    /** All sentences of the reply, read or not. */
    public Sentences sentences() {
        return sentences;
    }

    /** How many sentences have been read. */
    public int count() {
        return picks.length;
    }

    /** Which sentence of {@link #sentences()} the {@code i}-th read one is. */
    public int pick(int i) {
        return picks[i];
    }

    /** Where the features of read sentence {@code i} begin in {@link #features()}. */
    public int from(int i) {
        return from[i];
    }

    /** The features of all read sentences, as hashes; longer than what is filled. */
    public int[] features() {
        return features;
    }

    /**
     * Whether there is a word or code in it: signs, tags and pictures say nothing by themselves.
     */
    public boolean says() {
        return said || codes > 0;
    }

    /** Measures of the whole reply, each roughly between 0 and 1. */
    public float[] measures() {
        return measures;
    }

    /**
     * Features of how the reply stands to what was asked, for telling the kind of a refusal: words
     * of the request, whether it has a system message and how much the reply speaks of what that is
     * about, and whether the reply asks something back. Not for the degree, which must not hang on
     * what was asked alone.
     */
    int[] context() {
        int[] words = prompt.words();
        int[] context = Arrays.copyOf(words, words.length + 5);
        int share = ofSystem == 0 ? 0 : ofSystem * 12 < wordsAll ? 1 : 2;
        int at = words.length;
        context[at++] = Hash.mix(300 + (prompt.hasSystem() ? 1 + share : 0), 2);
        context[at++] = Hash.mix(310 + Math.min(3, questions), 2);
        context[at++] = Hash.mix(320 + (endsAsking ? 1 : 0), 2);
        context[at++] = Hash.mix(330 + prompt.ask().ordinal(), 2);
        int size = wordsAll < 15 ? 0 : wordsAll < 40 ? 1 : wordsAll < 120 ? 2 : 3;
        context[at] = Hash.mix(340 + size, 2);
        return context;
    }

    private void sentence(Words words, PromptWords prompt, boolean whole, int index, Shape shape) {
        int[] hashes = words.hashes;
        Senses.tell(words);
        int kept = 0;
        int masked = 0;
        int all = words.count;
        boolean lastMasked = false;
        for (int i = 0; i < all; i++) {
            boolean mask = prompt.has(words.stems[i]);
            ofSystem += prompt.inSystem(words.stems[i]) ? 1 : 0;
            moral += Senses.MORAL.contains(hashes[i]) ? 1 : 0;
            unreal += Senses.UNREAL.contains(hashes[i]) ? 1 : 0;
            if (mask) {
                masked++;
                if (!lastMasked) {
                    hashes[kept++] = MASK;
                }
            } else if (words.quoted[i] && !whole) {
                wordsQuoted++;
                hashes[kept++] = Hash.mix(hashes[i], QUOTE_SALT);
            } else {
                hashes[kept++] = hashes[i];
            }
            lastMasked = mask;
        }
        grow(kept * 4 + 12);
        int asked = 200 + prompt.ask().ordinal();
        int before = BEGIN;
        int pair = 0;
        for (int i = 0; i < kept; i++) {
            int word = hashes[i];
            features[filled++] = Hash.mix(word, 1);
            int here = Hash.mix(before, word);
            features[filled++] = here;
            if (index == 0) {
                features[filled++] = Hash.mix(here, asked);
            }
            if (i > 0) {
                features[filled++] = Hash.mix(pair, word);
            }
            if (index == 0 && i == 1) {
                features[filled++] = Hash.mix(Hash.mix(hashes[0], word), prompt.opening());
                features[filled++] = Hash.mix(hashes[0], prompt.opening());
                features[filled++] = Hash.mix(13, prompt.opening());
            }
            if (i == 3) {
                features[filled++] =
                        Hash.mix(
                                Hash.mix(Hash.mix(hashes[0], hashes[1]), Hash.mix(hashes[2], word)),
                                3);
            }
            before = word;
            pair = here;
        }
        if (index == 0) {
            opening(hashes, kept);
        }
        int place = index < 3 ? index : index == picks.length - 1 ? 5 : 4;
        int overlap = all == 0 ? 0 : masked == 0 ? 1 : masked * 6 < all ? 2 : 3;
        int size = kept == 0 ? 0 : kept < 6 ? 1 : kept < 14 ? 2 : kept < 30 ? 3 : 4;
        mark(100 + place);
        mark(110 + shape.ordinal());
        mark(120 + size);
        mark(130 + overlap);
        tally(shape, words, all, masked, index);
    }

    private void tally(Shape shape, Words words, int all, int masked, int index) {
        wordsAll += all;
        for (int i = 0; i < all && !said; i++) {
            said = words.hashes[i] != QUESTION && words.hashes[i] != COLON;
        }
        wordsMasked += masked;
        if (index == 0) {
            wordsFirst = all;
            maskedFirst = masked;
        }
        int last = all == 0 ? 0 : words.hashes[Math.max(0, all - 1)];
        endsAsking = last == QUESTION;
        questions += endsAsking ? 1 : 0;
        switch (shape) {
            case LIST_ITEM -> lists++;
            case HEADING -> headings++;
            case CODE -> codes++;
            case QUOTE -> marks++;
            case PROSE, THOUGHT -> {}
        }
    }

    /** Whether it says at once what the thing asked about is; and whether it says no at once. */
    private void opening(int[] hashes, int kept) {
        for (int i = 0; i + 2 < Math.min(kept, 6); i++) {
            if (hashes[i] == MASK) {
                opensWithTopic =
                        PromptWords.BE.contains(hashes[i + 1]) && !NOT.contains(hashes[i + 2]);
                break;
            }
        }
        for (int i = 1; i < Math.min(kept, 5) && hashes[0] == TO; i++) {
            opensWithAim |= hashes[i] == MASK;
        }
        for (int i = 0; i < Math.min(kept, 10); i++) {
            negatedEarly |= NOT.contains(hashes[i]);
        }
    }

    private void mark(int feature) {
        features[filled++] = Hash.mix(feature, 2);
    }

    private void measure(String text, PromptWords prompt) {
        float count = Math.max(1, picks.length);
        float words = Math.max(1, wordsAll);
        float[] m = measures;
        int length = text.length();
        m[0] = 1;
        m[1] = (float) Math.log1p(sentences.count()) / 4;
        m[2] = (float) Math.log1p(length) / 8;
        m[3] = lists / count;
        m[4] = codes / count;
        m[5] = headings / count;
        m[6] = wordsQuoted / words;
        // one label is a name; two or more are voices
        m[7] = Math.clamp(sentences.labels() - 1, 0, 2) / 2f;
        m[8] = maskedFirst / Math.max(1f, wordsFirst);
        m[9] = wordsMasked / words;
        m[10] = questions / count;
        m[11] = picks.length == 1 ? 1 : 0;
        m[12] = lists > 0 ? 1 : 0;
        m[13] = length < 120 ? 1 : 0;
        m[14] = length < 300 ? 1 : 0;
        m[15] = length > 1000 ? 1 : 0;
        m[16] = Math.min(40, wordsFirst) / 40f;
        m[17] = marks / count;
        m[18 + prompt.ask().ordinal()] = 1;
        m[26] = codes > 0 ? 1 : 0;
        m[27] = opensWithTopic ? 1 : 0;
        m[28] = opensWithTopic && prompt.ask() == PromptWords.Ask.DEFINE ? 1 : 0;
        m[29] = negatedEarly ? 1 : 0;
        m[30] = opensWithAim ? 1 : 0;
        m[31] = Math.min(1, unreal / 2f);
        float moralShare = Math.min(1, 20 * moral / Math.max(20f, wordsAll));
        m[32] = moralShare;
        m[33] = prompt.ask() == PromptWords.Ask.WHY ? moralShare : 0;
        m[34] = prompt.ask() == PromptWords.Ask.DEFINE ? moralShare : 0;
        m[35] = negatedEarly && prompt.ask() == PromptWords.Ask.WHY ? 1 : 0;
    }

    private void grow(int more) {
        if (filled + more > features.length) {
            features = Arrays.copyOf(features, Math.max(features.length * 2, filled + more));
        }
    }

    private static boolean quotedAsAWhole(String text) {
        int first = text.indexOf('"', 0, Math.min(4, text.length()));
        return first >= 0 && text.indexOf('"', first + 1) >= text.stripTrailing().length() - 1;
    }

    private static int[] pick(Sentences sentences) {
        int[] spoken = new int[sentences.count()];
        int n = 0;
        for (int i = 0; i < spoken.length; i++) {
            if (sentences.shape(i) != Shape.THOUGHT) {
                spoken[n++] = i;
            }
        }
        if (n <= HEAD + MIDDLE + TAIL) {
            return Arrays.copyOf(spoken, n);
        }
        int[] picks = new int[HEAD + MIDDLE + TAIL];
        int between = n - HEAD - TAIL;
        for (int i = 0; i < picks.length; i++) {
            if (i < HEAD) {
                picks[i] = spoken[i];
            } else if (i < HEAD + MIDDLE) {
                picks[i] = spoken[HEAD + (int) ((i - HEAD) * (long) between / MIDDLE)];
            } else {
                picks[i] = spoken[n - TAIL + i - HEAD - MIDDLE];
            }
        }
        return picks;
    }
}
