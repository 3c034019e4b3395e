package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Every source is formatted by google-java-format in its AOSP style. It runs here rather than as a
 * plugin, because a plugin would run on the Java that Maven was started with, which may be too old.
 * {@code -Dformat.update=true} formats them.
 */
class FormatTest {

    @Test
    void sourcesAreFormatted() throws IOException, FormatterException {
        Formatter formatter =
                new Formatter(
                        JavaFormatterOptions.builder()
                                .style(JavaFormatterOptions.Style.AOSP)
                                .build());
        List<String> unformatted = new ArrayList<>();
        for (Path file : Sources.java()) {
            String source = Sources.read(file);
            String formatted =
                    formatter.formatSourceAndFixImports(
                            RemoveUnusedImports.removeUnusedImports(source));
            if (!formatted.equals(source)) {
                if (Boolean.getBoolean("format.update")) {
                    Files.writeString(file, formatted);
                } else {
                    unformatted.add(Sources.name(file));
                }
            }
        }
        assertEquals(
                List.of(), unformatted, "mvn test -pl cli -am -Dformat.update=true formats them");
    }
}
