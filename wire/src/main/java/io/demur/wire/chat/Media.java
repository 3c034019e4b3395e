package io.demur.wire.chat;

import io.demur.wire.Utf8;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Data within a call: which of them are words, and which nobody here can read. */
final class Media {

    /** What OpenAI calls the formats of sounds. */
    static final Set<String> SOUNDS =
            Set.of("wav", "mp3", "flac", "opus", "pcm16", "m4a", "ogg", "webm", "aac");

    /** Shorter ones are read as text whatever they are said to be. */
    private static final int STRETCH_MIN = 256;

    /** How much of long ones is looked at first; a multiple of four characters. */
    private static final int LOOK = 4_096;

    /** As long as one character of UTF-8 may be, so that one that is cut off is no bad one. */
    private static final int CHARACTER_MAX = 4;

    private Media() {}

    /**
     * Gives data as the strings that they are, whatever they are said to be: as they stand, but for
     * long ones in base64 that are said to be an image or a sound; and decoded where that is text.
     *
     * @param type the media type beside it; empty where there is none
     * @param holdsData whether they stand where data do; elsewhere only what says so itself is
     *     decoded
     */
    static void strings(String type, boolean holdsData, String data, Consumer<String> each) {
        boolean marked = holdsData || data.startsWith("data:");
        if (!marked || !isStretch(data) || !isSeen(type(type, data))) {
            each.accept(data);
        }
        if (marked) {
            text(data).ifPresent(each);
        }
    }

    /** Whether these are data in base64 and no text, so that nobody here can say what they say. */
    static boolean isUnread(String data) {
        return isStretch(data) && text(data).isEmpty();
    }

    private static boolean isStretch(String data) {
        return data.length() >= STRETCH_MIN && isBase64(data);
    }

    /** Whether it is a file that is neither text nor image. */
    static boolean isFile(String type, String data) {
        String is = type(type, data);
        return !is.isEmpty() && !is.startsWith("text/") && !is.startsWith("image/");
    }

    /** Whether it is an address, from which whoever reads it would fetch something. */
    static boolean isAddress(String text) {
        return !text.startsWith("data:") && text.contains("://");
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

    /** The text that is in base64 there; nothing where it is no base64, or no text. */
    private static Optional<String> text(String data) {
        if (!isBase64(data)) {
            return Optional.empty();
        }
        String base64 = data.substring(start(data)).replace('-', '+').replace('_', '/');
        try {
            if (base64.length() > LOOK && !beginsAsText(base64.substring(0, LOOK))) {
                return Optional.empty();
            }
            byte[] bytes = Base64.getDecoder().decode(base64);
            return bytes.length > 0 && Utf8.firstBad(bytes, 0, bytes.length) < 0
                    ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // it is no base64 after all
        }
    }

    private static boolean beginsAsText(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        int bad = Utf8.firstBad(bytes, 0, bytes.length);
        return bad < 0 || bad > bytes.length - CHARACTER_MAX;
    }
}
