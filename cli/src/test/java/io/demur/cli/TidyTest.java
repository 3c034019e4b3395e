package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What holds for every file, whatever is in it. */
class TidyTest {

    private static final int COLUMNS = 100;
    private static final int LINES = 400;

    /** Longer, because each tells one story that two files would tear apart. */
    private static final Set<String> LONGER =
            Set.of(
                    "gateway/src/test/java/io/demur/gateway/EndsTest.java",
                    "gateway/src/test/java/io/demur/gateway/gate/GateTest.java",
                    "gateway/src/test/java/io/demur/gateway/upstream/FailoverTest.java",
                    "store/src/main/java/io/demur/store/AccessBook.java",
                    "store/src/main/java/io/demur/store/HeldRequests.java",
                    "store/src/main/java/io/demur/store/Projection.java");

    @Test
    void sourcesFitTheScreen() {
        List<String> found = new ArrayList<>();
        for (Path file : Sources.java()) {
            List<String> lines = Sources.read(file).lines().toList();
            if (lines.size() > LINES && !LONGER.contains(Sources.name(file))) {
                found.add("%s has %d lines".formatted(Sources.name(file), lines.size()));
            }
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (line.codePointCount(0, line.length()) > COLUMNS) {
                    found.add("%s:%d is too wide".formatted(Sources.name(file), i + 1));
                }
            }
        }
        assertEquals(List.of(), found);
        assertTrue(Sources.java().size() > 60, "too few files were seen");
    }

    @Test
    void documentsHaveOneTitle() {
        for (Path file : Sources.documents()) {
            long titles =
                    withoutCode(Sources.read(file))
                            .lines()
                            .filter(line -> line.startsWith("# "))
                            .count();
            assertEquals(1, titles, () -> Sources.name(file));
        }
    }

    @Test
    void linksInDocumentsResolve() {
        Pattern link = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
        List<String> broken = new ArrayList<>();
        for (Path file : Sources.documents()) {
            link.matcher(withoutCode(Sources.read(file)))
                    .results()
                    .map(match -> match.group(1))
                    .filter(target -> !target.contains("://"))
                    .filter(target -> !Files.exists(file.resolveSibling(target)))
                    .forEach(target -> broken.add(Sources.name(file) + ": " + target));
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        List<String> silent = new ArrayList<>();
        Sources.java().stream()
                .filter(file -> file.toString().contains("/src/main/"))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .forEach(folder -> silent.add(Sources.name(folder)));
        assertEquals(List.of(), silent);
    }

    private static String withoutCode(String document) {
        return document.replaceAll("(?s)```.*?```", "");
    }
}
