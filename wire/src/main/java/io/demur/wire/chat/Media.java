package io.demur.wire.chat;

import io.demur.wire.Utf8;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Data within a call: which of them are words, and which nobody here can read. */
final class Media {

    /** What OpenAI calls the formats of sounds. */
    static final Set<String> SOUNDS =
            Set.of("wav", "mp3", "flac", "opus", "pcm16", "m4a", "ogg", "webm", "aac");

    /** Shorter ones are read as text whatever they are said to be. */
    private static final int STRETCH_MIN = 256;

    private Media() {}

    /**
     * Gives data as the strings that they are: nothing of an image or a sound in base64, anything
     * else as it stands, and decoded where that is text.
     *
     * @param type the media type beside it; empty where there is none
     */
    static void strings(String type, String data, Consumer<String> each) {
        boolean stretch = data.length() >= STRETCH_MIN && isBase64(data);
        if (stretch && isSeen(type(type, data))) {
            return;
        }
        each.accept(data);
        boolean marked = !type.isEmpty() || data.startsWith("data:");
        if (marked && isBase64(data)) {
            decoded(data, each);
        }
    }

    /** Whether it is a file that is neither text nor image nor sound. */
    static boolean isFile(String type, String data) {
        String is = type(type, data);
        return !is.isEmpty() && !is.startsWith("text/") && !isSeen(is);
    }

    private static String type(String type, String data) {
        String is = type;
        if (data.startsWith("data:")) {
            int end = 5;
            while (end < data.length() && ";,".indexOf(data.charAt(end)) < 0) {
                end++;
            }
            is = data.substring(5, end);
        }
        return is.substring(0, Math.min(100, is.length())).toLowerCase(Locale.ROOT);
    }

    private static boolean isSeen(String type) {
        return type.startsWith("image/") || type.startsWith("audio/");
    }

    /** Where the data themselves begin. */
    private static int start(String data) {
        return data.startsWith("data:") ? data.indexOf(',') + 1 : 0;
    }

    private static boolean isBase64(String data) {
        int start = start(data);
        if (start > 100) {
            return false;
        }
        for (int i = start; i < data.length(); i++) {
            char c = data.charAt(i);
            boolean base64 =
                    (c >= 'A' && c <= 'Z')
                            || (c >= 'a' && c <= 'z')
                            || (c >= '0' && c <= '9')
                            || "+/=-_".indexOf(c) >= 0;
            if (!base64) {
                return false;
            }
        }
        return true;
    }

    private static void decoded(String data, Consumer<String> each) {
        try {
            byte[] bytes =
                    Base64.getDecoder()
                            .decode(
                                    data.substring(start(data))
                                            .replace('-', '+')
                                            .replace('_', '/'));
            if (Utf8.firstBad(bytes, 0, bytes.length) < 0) {
                each.accept(new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException e) {
            // It is no base64 after all, and was given as it stands.
            return;
        }
    }
}
