package io.demur.core.compose;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the user of a conversation wrote, made ready for reading words in it. */
final class Prompts {

    private static final int BACK = 3;
    private static final int HEAD = 3_000;
    private static final int TAIL = 600;

    private static final Pattern FENCED = Pattern.compile("(?s)```.*?(```|\\z)");
    private static final Pattern TICKED = Pattern.compile("`[^`\\n]*`");
    private static final Pattern TAG = Pattern.compile("<[^<>]{0,200}>");
    private static final Pattern PIECE = Pattern.compile("\\S++");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{M}'’-]+");

    private Prompts() {}

    /** The last messages of the user, the latest first. */
    static List<String> latestFirst(Request request) {
        List<String> found = new ArrayList<>();
        List<Message> messages = request.messages();
        for (int i = messages.size() - 1; i >= 0 && found.size() < BACK; i--) {
            if (messages.get(i).role() == Role.USER) {
                found.add(messages.get(i).text());
            }
        }
        return found;
    }

    /**
     * The two ends of a text without code, tags and addresses; each of those leaves a break behind,
     * so that nothing is read across it.
     */
    static String plain(String text) {
        String read =
                text.length() <= HEAD + TAIL
                        ? text
                        : text.substring(0, HEAD) + "\n" + text.substring(text.length() - TAIL);
        String plain = FENCED.matcher(read).replaceAll("\n");
        plain = TICKED.matcher(plain).replaceAll("\n");
        plain = TAG.matcher(plain).replaceAll("\n");
        return PIECE.matcher(plain)
                .replaceAll(
                        piece ->
                                isAddress(piece.group())
                                        ? "\n"
                                        : Matcher.quoteReplacement(piece.group()));
    }

    private static boolean isAddress(String piece) {
        return piece.contains("://") || piece.contains("www.") || piece.indexOf('@') >= 0;
    }

    /** The words of a text, in lower case. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : BETWEEN.split(text.toLowerCase(Locale.ROOT), -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
