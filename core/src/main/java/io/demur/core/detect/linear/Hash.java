package io.demur.core.detect.linear;

/** The hash functions of words and of what is built from them. */
public final class Hash {

    /** Where the hash of a word begins. */
    public static final int START = 0x811C9DC5;

    private Hash() {}

    /** One more character of a word (FNV-1a). */
    public static int step(int hash, char c) {
        return (hash ^ c) * 0x01000193;
    }

    /** Two hashes into one; the order matters. */
    public static int mix(int a, int b) {
        int h = a * 0x9E3779B1 + b;
        h ^= h >>> 15;
        h *= 0x85EBCA6B;
        h ^= h >>> 13;
        h *= 0xC2B2AE35;
        return h ^ (h >>> 16);
    }

    /** A word of lower-case letters, as {@link Words} would hash it. */
    public static int word(String word) {
        int h = START;
        for (int i = 0; i < word.length(); i++) {
            h = step(h, word.charAt(i));
        }
        return h;
    }
}
