package io.demur.files.policy;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.files.yaml.YamlMap;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What would make a document read otherwise than it says: marks that turn the direction of writing,
 * so that the eye meets the words in another order than the program.
 */
final class Unseen {

    private Unseen() {}

    /** The first such mark, with its place. */
    static List<Problem> in(String file, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069')) {
                return List.of(
                        Problem.at(
                                new Where(file, line, column),
                                YamlMap.INVALID_VALUE,
                                ("U+%04X turns the direction of writing: people would read"
                                                + " something else than the program")
                                        .formatted((int) c)));
            }
            if (c == '\n') {
                line++;
                column = 0;
            }
            column++;
        }
        return List.of();
    }
}
