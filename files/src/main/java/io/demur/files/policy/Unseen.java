package io.demur.files.policy;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.files.yaml.YamlMap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What would make a document read otherwise than it says: marks that turn the direction of writing,
 * so that the eye meets the words in another order than the program, and in its texts signs that
 * nobody sees.
 */
final class Unseen {

    /** Between letters of Persian or Hindi, or in a picture made of several. */
    private static final int NON_JOINER = 0x200c;

    private static final int JOINER = 0x200d;

    private Unseen() {}

    /** The first mark that turns the direction, with its place, comments included. */
    static List<Problem> in(String file, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (turns(c)) {
                return List.of(turning(new Where(file, line, column), c));
            }
            if (c == '\n') {
                line++;
                column = 0;
            }
            column++;
        }
        return List.of();
    }

    /** Texts in which such a mark or a sign that nobody sees stands once they are decoded. */
    static List<Problem> in(YamlMap document) {
        List<Problem> problems = new ArrayList<>();
        document.words()
                .forEach(
                        (where, text) ->
                                text.codePoints()
                                        .filter(Unseen::isUnseen)
                                        .limit(1)
                                        .forEach(c -> problems.add(unseen(where, c))));
        return problems;
    }

    /** Whether a text has nothing that a person sees. */
    static boolean isBlank(String text) {
        return text.codePoints()
                .allMatch(
                        c ->
                                Character.isWhitespace(c)
                                        || Character.isSpaceChar(c)
                                        || Character.getType(c) == Character.FORMAT
                                        || Character.isISOControl(c));
    }

    private static boolean turns(int c) {
        return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    }

    private static boolean isUnseen(int c) {
        if (c == '\n' || c == '\t' || c == NON_JOINER || c == JOINER) {
            return false;
        }
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static Problem unseen(Where where, int c) {
        return turns(c)
                ? turning(where, c)
                : Problem.at(
                        where,
                        YamlMap.INVALID_VALUE,
                        "U+%04X is not seen: people would read something else than the program"
                                .formatted(c));
    }

    private static Problem turning(Where where, int c) {
        return Problem.at(
                where,
                YamlMap.INVALID_VALUE,
                ("U+%04X turns the direction of writing: people would read something else than"
                                + " the program")
                        .formatted(c));
    }
}
