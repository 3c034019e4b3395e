package io.demur.core.text;

import io.demur.core.text.Sentence.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sentences of a text, in order, not overlapping. What stands between them (blank space, list
 * and heading marks, fences, persona labels such as {@code [DAN]:}, stretches without a letter or
 * digit) belongs to none. Immutable once made.
 *
 * <p>Kept as arrays rather than as a list, because the judge reads every reply through them.
 */
@SuppressWarnings("EnumOrdinal") // kept in one byte
public final class Sentences {

    private static final Shape[] SHAPES = Shape.values();

    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private byte[] shapes = new byte[32];
    private boolean[] paragraphs = new boolean[32];
    private int count;
    private int labels;

    Sentences() {}

    /** Cuts a text. Takes time in proportion to its length, whatever it holds. */
    public static Sentences of(String text) {
        Sentences sentences = new Sentences();
        new Cutter(text, sentences).cut();
        return sentences;
    }

    /** How many. */
    public int count() {
        return count;
    }

    /** How many persona labels open a line of the text. */
    public int labels() {
        return labels;
    }

    /** UTF-16 offset of the first character of sentence {@code i}. */
    public int start(int i) {
        return starts[i];
    }

    /** UTF-16 offset after the last character of sentence {@code i}. */
    public int end(int i) {
        return ends[i];
    }

    /** How sentence {@code i} is set. */
    public Shape shape(int i) {
        return SHAPES[shapes[i]];
    }

    /** Whether sentence {@code i} is the first of its paragraph. */
    public boolean opensParagraph(int i) {
        return paragraphs[i];
    }

    /** The same as a list, for those who need not hurry. */
    public List<Sentence> list() {
        List<Sentence> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(new Sentence(starts[i], ends[i], shape(i)));
        }
        return list;
    }

    void add(int start, int end, Shape shape, boolean paragraph) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            shapes = Arrays.copyOf(shapes, count * 2);
            paragraphs = Arrays.copyOf(paragraphs, count * 2);
        }
        starts[count] = start;
        ends[count] = end;
        shapes[count] = (byte) shape.ordinal();
        paragraphs[count] = paragraph;
        count++;
    }

    void label() {
        labels++;
    }
}
