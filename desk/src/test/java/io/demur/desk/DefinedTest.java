package io.demur.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every number of the ledger is defined, so that somebody else can count it again. */
class DefinedTest {

    @Test
    void theReferenceDefinesEveryCountAndNoOther() throws Exception {
        String reference = Files.readString(Repository.root().resolve("docs/reference/ledger.md"));
        List<String> defined = new ArrayList<>();
        for (String line : reference.lines().toList()) {
            if (line.startsWith("| `")) {
                String cell = line.substring(0, line.indexOf(" | ", 2));
                Pattern.compile("`([a-z_]+)`")
                        .matcher(cell)
                        .results()
                        .forEach(it -> defined.add(it.group(1)));
            }
        }
        assertEquals(
                Stream.of(Count.values()).map(Count::word).sorted().toList(),
                defined.stream().sorted().toList());
        for (Reading reading : Reading.values()) {
            assertTrue(
                    reference.contains("`%s`: ".formatted(LedgerJson.word(reading))),
                    reading::name);
        }
    }
}
