package io.demur.files.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class OutputFileTest {

    @TempDir Path folder = Path.of("");

    @Test
    void bearsItsNameOnlyOnceComplete() throws Exception {
        Path target = folder.resolve("out.jsonl");
        Files.writeString(target, "before");
        try (OutputFile file = OutputFile.create(target)) {
            write(file, "after");
            assertEquals("before", Files.readString(target));
            file.complete();
        }
        assertEquals("after", Files.readString(target));
        assertFalse(Files.exists(folder.resolve("out.jsonl.1.partial")));
    }

    @Test
    void anAbandonedFileIsRemoved() throws Exception {
        Path target = folder.resolve("out.jsonl");
        try (OutputFile file = OutputFile.create(target)) {
            write(file, "half");
        }
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    /** Both had looked before either was done, and the later one replaced the earlier. */
    @Test
    void aNameThatAnotherTookMeanwhileStaysWithIt() throws Exception {
        keepsTheFirst(folder);
    }

    /** A file system in a zip has no links. */
    @Test
    void alsoWhereAFileSystemHasNoLinks() throws Exception {
        try (FileSystem zip =
                FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
            Path inside = Files.createDirectory(zip.getPath("/inside"));
            keepsTheFirst(inside);
        }
    }

    private static void keepsTheFirst(Path where) throws Exception {
        Path target = where.resolve("out.jsonl");
        try (OutputFile first = OutputFile.create(target);
                OutputFile second = OutputFile.create(target)) {
            write(first, "first");
            write(second, "second");
            assertTrue(first.completeUnlessThere());
            assertFalse(second.completeUnlessThere());
        }
        assertEquals("first", Files.readString(target));
        try (var files = Files.list(where)) {
            assertEquals(List.of(target), files.toList());
        }
    }

    @Test
    void aKeptFileSaysThatItIsPartial() throws Exception {
        Path target = folder.resolve("out.jsonl");
        try (OutputFile file = OutputFile.create(target)) {
            write(file, "half");
            assertEquals(folder.resolve("out.jsonl.1.partial"), file.keepPartial());
        }
        assertFalse(Files.exists(target));
        assertEquals("half", Files.readString(folder.resolve("out.jsonl.1.partial")));
    }

    @Test
    void aLinkStaysALink() throws Exception {
        Path real = Files.writeString(folder.resolve("real.jsonl"), "before");
        Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), real);
        try (OutputFile file = OutputFile.create(link)) {
            write(file, "after");
            file.complete();
        }
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("after", Files.readString(real));
    }

    @Test
    void anotherPartialFileIsLeftAlone() throws Exception {
        Path taken = Files.writeString(folder.resolve("out.jsonl.1.partial"), "another's");
        try (OutputFile file = OutputFile.create(folder.resolve("out.jsonl"))) {
            write(file, "mine");
            assertEquals(folder.resolve("out.jsonl.2.partial"), file.keepPartial());
        }
        assertEquals("another's", Files.readString(taken));
    }

    @Test
    void aLinkToNothingGetsItsTarget() throws Exception {
        Path link =
                Files.createSymbolicLink(
                        folder.resolve("link.jsonl"), folder.resolve("real.jsonl"));
        try (OutputFile file = OutputFile.create(link)) {
            write(file, "after");
            file.complete();
        }
        assertEquals("after", Files.readString(folder.resolve("real.jsonl")));
    }

    @Test
    void aDeviceIsWrittenToDirectly() throws Exception {
        try (OutputFile file = OutputFile.create(Path.of("/dev/null"))) {
            write(file, "gone");
            file.complete();
        }
        assertTrue(Files.exists(Path.of("/dev/null")));
    }

    private static void write(OutputFile file, String text) throws Exception {
        file.stream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
