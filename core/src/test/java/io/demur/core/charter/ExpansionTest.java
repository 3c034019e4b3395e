package io.demur.core.charter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What is signed of a charter, to the byte: another spelling would sign every policy anew. */
class ExpansionTest {

    /** What stands before the cells, one to a line: version, name, posture, roles and purposes. */
    private static final int BEFORE = 5;

    @Test
    void theExpansionIsWrittenInItsOneForm() {
        Charter charter = Draft.full().charter();
        StringBuilder all = new StringBuilder();
        Expansion.write(charter, piece -> all.append(new String(piece, StandardCharsets.UTF_8)));
        List<String> lines = all.toString().lines().toList();
        int[] cells = {0};
        charter.policy().table().axes().forEach(cell -> cells[0]++);
        List<String> rest = new ArrayList<>(lines.subList(0, BEFORE));
        rest.add("(%d cells)".formatted(cells[0]));
        rest.addAll(lines.subList(BEFORE + cells[0], lines.size()));
        Golden.check(
                "core/src/test/resources/io/demur/core/charter/expansion.txt",
                String.join("\n", rest) + "\n");
        assertEquals('\n', all.charAt(all.length() - 1));
    }

    @Test
    void itIsWrittenInPiecesOfSomeSize() {
        List<Integer> pieces = new ArrayList<>();
        Expansion.write(Draft.full().charter(), piece -> pieces.add(piece.length));
        assertTrue(pieces.size() > 2, pieces::toString);
        for (int piece : pieces.subList(0, pieces.size() - 1)) {
            assertTrue(piece >= 1 << 16 && piece < 1 << 17, pieces::toString);
        }
    }
}
