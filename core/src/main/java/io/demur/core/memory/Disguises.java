package io.demur.core.memory;

import io.demur.core.harm.linear.Folding;
import io.demur.core.harm.linear.Hidden;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The readings of a text once disguises are undone. Look-alike letters, accents, unseen characters,
 * base64 and hexadecimal digits are undone as the judges of harm undo them ({@link Folding}, {@link
 * Hidden}); here come the escapes of addresses and of HTML, words turned by thirteen letters, and
 * texts written backwards.
 *
 * <p>No dictionary is asked whether a reading means anything: readings are compared with what was
 * refused, and one that is nonsense resembles nothing. That works in every language. Case, signs,
 * blanks between letters, and digits that stand for letters are left to the comparison ({@link
 * Letters}).
 */
public final class Disguises {

    /** Texts longer than this are not turned by letters, nor read backwards. */
    static final int TURNED_MAX = 2048;

    private static final int HIDDEN_MAX = 8;

    /** Letters with blanks behind them that {@link #SPACED} asks for. */
    private static final int SPACED_MIN = 5;

    private static final int ENTITY_MAX = 10;
    private static final Map<String, String> ENTITIES =
            Map.of(
                    "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "shy",
                    "", "zwj", "", "zwnj", "", "colon", ":");

    private Disguises() {}

    /**
     * What a text may say, each once: as it stands, then what is hidden in it, then all of these
     * turned and reversed. The first is always there.
     */
    public static List<String> readings(String text) {
        List<String> plain = plain(text);
        Set<String> all = new LinkedHashSet<>(plain);
        plain.forEach(one -> all.addAll(turnings(one)));
        return List.copyOf(all);
    }

    /** A text turned and reversed, word by word the same: none where it is too long for that. */
    public static List<String> turnings(String text) {
        return text.length() > TURNED_MAX
                ? List.of()
                : List.of(
                        turned(text),
                        new StringBuilder(text).reverse().toString(),
                        reversedWords(text));
    }

    /** The text with its letters folded and its escapes undone, then what is encoded in it. */
    public static List<String> plain(String text) {
        String seen = seen(text);
        List<String> hidden = Hidden.in(seen, word -> true);
        Set<String> all = new LinkedHashSet<>();
        all.add(unspaced(seen));
        all.add(seen);
        StringBuilder joined = new StringBuilder();
        for (String one : hidden.subList(0, Math.min(HIDDEN_MAX, hidden.size()))) {
            String found = seen(one);
            all.add(found);
            joined.append(found);
        }
        if (hidden.size() > 1) {
            all.add(joined.toString());
        }
        return new ArrayList<>(all);
    }

    /** Words of which every letter stands by itself, with wider gaps between them, if any. */
    private static final Pattern SPACED =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}])(?:[\\p{L}\\p{N}][ ._*-]{1,4}){5,}[\\p{L}\\p{N}]"
                            + "(?![\\p{L}\\p{N}])");

    private static String unspaced(String text) {
        if (!mayBeSpaced(text)) {
            return text;
        }
        return SPACED.matcher(text)
                .replaceAll(
                        spaced ->
                                String.join(
                                        " ",
                                        Arrays.stream(spaced.group().split("[ ._*-]{2,}"))
                                                .map(word -> word.replaceAll("[ ._*-]", ""))
                                                .toList()));
    }

    /** Whether enough letters stand alone for {@link #SPACED}, which takes far longer to say so. */
    private static boolean mayBeSpaced(String text) {
        int alone = 0;
        boolean inWord = false;
        for (int i = 0; i + 1 < text.length(); i++) {
            boolean letter = Character.isLetterOrDigit(text.charAt(i));
            if (letter && !inWord && !Character.isLetterOrDigit(text.charAt(i + 1))) {
                alone++;
            }
            inWord = letter;
        }
        return alone >= SPACED_MIN;
    }

    private static String seen(String text) {
        String unescaped = text;
        for (int depth = 0; depth < 2; depth++) {
            String next = entities(percents(unescaped));
            if (next.equals(unescaped)) {
                break;
            }
            unescaped = next;
        }
        return Folding.fold(unescaped);
    }

    /** Undoes {@code %41}. */
    static String percents(String text) {
        if (text.indexOf('%') < 0) {
            return unblanked(text);
        }
        StringBuilder out = new StringBuilder(text.length());
        int count = 0;
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (isPercent(text, end)) {
                end += 3;
            }
            if (end == at) {
                out.append(text.charAt(at++));
                continue;
            }
            byte[] bytes = new byte[(end - at) / 3];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Integer.parseInt(text, at + 3 * i + 1, at + 3 * i + 3, 16);
            }
            count += bytes.length;
            out.append(decoded(bytes, text.substring(at, end)));
            at = end;
        }
        return count == 0 ? text : unblanked(out.toString());
    }

    /** With a blank for every plus, where there are no blanks and several pluses. */
    private static String unblanked(String text) {
        boolean several = text.indexOf('+') != text.lastIndexOf('+');
        return several && text.chars().noneMatch(Character::isWhitespace)
                ? text.replace('+', ' ')
                : text;
    }

    private static boolean isPercent(String text, int at) {
        return at + 2 < text.length()
                && text.charAt(at) == '%'
                && isHex(text.charAt(at + 1))
                && isHex(text.charAt(at + 2));
    }

    private static boolean isHex(char c) {
        return c < 128 && Character.digit(c, 16) >= 0;
    }

    private static String decoded(byte[] bytes, String otherwise) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return otherwise; // bytes that are no text stand as they were written
        }
    }

    /** Undoes characters of HTML that are written as numbers or names. */
    static String entities(String text) {
        int next = text.indexOf('&');
        if (next < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        for (; next >= 0; next = text.indexOf('&', at)) {
            out.append(text, at, next);
            int end = text.indexOf(';', next);
            boolean near = end > next + 1 && end - next <= ENTITY_MAX;
            Optional<String> means =
                    near ? entity(text.substring(next + 1, end)) : Optional.empty();
            out.append(means.orElse("&"));
            at = means.isPresent() ? end + 1 : next + 1;
        }
        return out.append(text, at, text.length()).toString();
    }

    private static Optional<String> entity(String name) {
        if (!name.startsWith("#")) {
            return Optional.ofNullable(ENTITIES.get(name));
        }
        boolean hex = name.startsWith("#x") || name.startsWith("#X");
        try {
            int point = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
            return Character.isValidCodePoint(point)
                    ? Optional.of(Character.toString(point))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty(); // no number, so no character
        }
    }

    /** Every Latin letter thirteen further on. */
    static String turned(String text) {
        char[] out = text.toCharArray();
        for (int i = 0; i < out.length; i++) {
            char c = out[i];
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                char first = c >= 'a' ? 'a' : 'A';
                out[i] = (char) ((c - first + 13) % 26 + first);
            }
        }
        return new String(out);
    }

    /** Each word written backwards, where it stands. */
    static String reversedWords(String text) {
        char[] out = text.toCharArray();
        int from = 0;
        while (from < text.length()) {
            int to = from;
            while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
                to++;
            }
            for (int i = from; i < to; i++) {
                out[i] = text.charAt(from + to - 1 - i);
            }
            from = to + 1;
        }
        return new String(out);
    }
}
