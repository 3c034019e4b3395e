package io.demur.eval;

import io.demur.core.Message;
import io.demur.core.Request;

/** 64-bit hashes of texts, to tell prompts apart without keeping them: FNV-1a over UTF-16 units. */
public final class Hashes {

    private static final long START = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private Hashes() {}

    public static long of(String text) {
        return of(START, text);
    }

    /** The hash of a conversation: who said what, in order; white space at the ends apart. */
    static long of(Request request) {
        long hash = START;
        for (Message message : request.messages()) {
            hash = of(of(hash, message.role().name()), message.text().strip());
        }
        return hash;
    }

    private static long of(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }
}
