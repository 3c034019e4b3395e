package io.demur.core.harm.linear;

import io.demur.core.detect.linear.Hash;
import io.demur.core.detect.linear.WordSet;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * What a judge of harm sees of a stretch of text, as hashes: words and their stems, n-grams of up
 * to three, pairs of content words up to four apart (a verb and its object), how it is asked
 * crossed with what it is about, and pieces of long words. Used by one thread.
 */
public final class Features {

    /** Words with which one asks, not what is asked about. */
    static final WordSet FUNCTION =
            WordSet.of(
                    """
                    a an the and or but if so as at by for from in into of on off out over to up
                    with about after all also am any are be been being both can could did do does
                    doing each every few get gets got had has have having he her here hers him his
                    how i id ill im ive is it its just like many may me might mine more most much
                    must my need now only other our ours own please rather same shall she should
                    some such than that thats their them then there these they this those through
                    too us very was way ways we were what whats when where which while who whom
                    whose why will would you your yours able again another ask asking help tell
                    want wants give know let make one really thing things kind good best someone
                    something somebody anyone anything im id cant dont doesnt isnt ok okay hi hello
                    ?
                    """);

    private static final WordSet ASKING =
            WordSet.of("what whats how why who where when which whose is are was were do does did");
    private static final WordSet OPENERS =
            WordSet.of(
                    "please can could would will you i hi hello hey ok so and also then need want"
                            + " help me to id like im");

    private static final int PAIR = 0x51ED270B;
    private static final int PAIR_FAR = 0x2C1B3C6D;
    private static final int FRAME = 0x297A2D39;
    private static final int PIECE = 0x1B56C4E9;
    private static final int BEGIN = 0x0C0FFEE1;
    private static final int REACH = 4;
    private static final int NEAR = 2;
    private static final int PIECE_LENGTH = 4;
    private static final int PIECES_FROM = 6;
    private static final int PIECES_TO = 20;

    final Tokens tokens;

    /** The features, the first {@link #count} of them. */
    public int[] hashes = new int[1024];

    public int count;

    private final int[] content = new int[REACH];
    private int contents;
    private int salt;

    /**
     * Sees nothing yet.
     *
     * @param known whether the hash of a word is one that training saw
     */
    public Features(IntPredicate known) {
        tokens = new Tokens(known);
    }

    /** Sees {@code text[from..to)}, in the place of what was seen before. */
    public void read(String text, int from, int to) {
        read(text, from, to, 0);
    }

    /**
     * The same, with features of their own.
     *
     * @param apart what sets these features apart from others of the same words; 0 for nothing
     */
    public void read(String text, int from, int to, int apart) {
        salt = apart;
        tokens.read(text, from, to);
        count = 0;
        contents = 0;
        int frame = frame();
        int before = BEGIN;
        int beforeThat = 0;
        for (int i = 0; i < tokens.count; i++) {
            int word = tokens.hashes[i];
            int stem = tokens.stems[i];
            add(word);
            if (stem != word) {
                add(stem);
            }
            add(Hash.mix(before, word));
            if (beforeThat != 0) {
                add(Hash.mix(Hash.mix(beforeThat, before), word));
            }
            beforeThat = before;
            before = word;
            if (!FUNCTION.contains(word)) {
                about(stem, frame);
            }
            pieces(i);
        }
    }

    /** Keeps each feature once, however often it was seen. Changes their order. */
    void distinct() {
        Arrays.sort(hashes, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept == 0 || hashes[i] != hashes[kept - 1]) {
                hashes[kept++] = hashes[i];
            }
        }
        count = kept;
    }

    /** How many words were read. */
    public int words() {
        return tokens.count - tokens.marks;
    }

    /** The first word that is not politeness, and the one after it. */
    private int frame() {
        int i = 0;
        while (i < tokens.count - 1 && OPENERS.contains(tokens.hashes[i])) {
            i++;
        }
        if (i >= tokens.count) {
            return 0;
        }
        int first = tokens.hashes[i];
        boolean asks = ASKING.contains(first) && i + 1 < tokens.count;
        return Hash.mix(FRAME, asks ? Hash.mix(first, tokens.hashes[i + 1]) : first);
    }

    private void about(int stem, int frame) {
        add(Hash.mix(frame, stem));
        for (int back = 1; back <= Math.min(REACH, contents); back++) {
            int earlier = content[(contents - back) % REACH];
            add(Hash.mix(Hash.mix(back <= NEAR ? PAIR : PAIR_FAR, earlier), stem));
        }
        content[contents % REACH] = stem;
        contents++;
    }

    private void pieces(int i) {
        int from = tokens.from[i];
        int to = tokens.from[i + 1];
        if (to - from < PIECES_FROM || to - from > PIECES_TO) {
            return;
        }
        for (int at = from; at + PIECE_LENGTH <= to; at++) {
            int h = at == from ? PIECE : PIECE ^ 0x55555555;
            for (int k = at; k < at + PIECE_LENGTH; k++) {
                h = Hash.step(h, tokens.letters[k]);
            }
            add(h * 0x9E3779B1);
        }
    }

    private void add(int hash) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        hashes[count++] = salt == 0 ? hash : Hash.mix(salt, hash);
    }
}
