package io.demur.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class TextFileTest {

    @TempDir Path folder = Path.of("");

    /** What Excel saves as "CSV UTF-8" begins with it. */
    @Test
    void theMarkThatSomeProgramsPutFirstIsNoPartOfTheText() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "\uFEFFcase,label\n");
        assertEquals("case,label\n", TextFile.read(file));
    }

    /** {@code Input length = 1} had been all that was said. */
    @Test
    void aFileInLatin1IsNamedWithWhatIsWrongAndWhatWouldBeRight() throws IOException {
        byte[] latin = "Größe\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("a.txt"), latin);
        IOException e = assertThrows(IOException.class, () -> TextFile.read(file));
        assertEquals(
                file + ": the file is no UTF-8 text (unpack it, or save it as UTF-8)",
                e.getMessage());
    }
}
