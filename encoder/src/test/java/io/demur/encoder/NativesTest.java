package io.demur.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

class NativesTest {

    @Test
    void librariesAreUnpackedOnceAndWhole(@TempDir Path folder) throws IOException {
        List<Natives.Library> libraries = libraries(folder);
        Path cache = folder.resolve("cache");
        Path first = Natives.unpacked(libraries, List.of(cache));
        assertEquals("first library", Files.readString(first.resolve("one")));
        Files.delete(folder.resolve("source-one"));
        assertEquals(first, Natives.unpacked(libraries, List.of(cache)));
        assertEquals(List.of("one", "two"), names(first));
    }

    @Test
    void aTornFileIsUnpackedAnew(@TempDir Path folder) throws IOException {
        List<Natives.Library> libraries = libraries(folder);
        Path cache = folder.resolve("cache");
        Path unpacked = Natives.unpacked(libraries, List.of(cache));
        Files.writeString(unpacked.resolve("two"), "sec");
        Natives.unpacked(libraries, List.of(cache));
        assertEquals("second", Files.readString(unpacked.resolve("two")));
    }

    @Test
    void otherLibrariesHaveAnotherFolder(@TempDir Path folder) throws IOException {
        List<Natives.Library> libraries = libraries(folder);
        Path cache = folder.resolve("cache");
        Natives.Library one = libraries.get(0);
        List<Natives.Library> newer =
                List.of(new Natives.Library(one.name(), one.from(), one.bytes(), 99));
        assertNotEquals(
                Natives.unpacked(libraries, List.of(cache)),
                Natives.unpacked(newer, List.of(cache)));
    }

    @Test
    void whereACacheCannotBeWrittenTheNextIsTaken(@TempDir Path folder) throws IOException {
        List<Natives.Library> libraries = libraries(folder);
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Path second = folder.resolve("second");
        Path unpacked = Natives.unpacked(libraries, List.of(file, second));
        assertTrue(unpacked.startsWith(second), unpacked.toString());
        Path temporary = Natives.unpacked(libraries, List.of(file));
        assertEquals("second", Files.readString(temporary.resolve("two")));
    }

    @Test
    void whoeverStartsAtTheSameTimeFindsWholeFiles(@TempDir Path folder) throws Exception {
        List<Natives.Library> libraries = libraries(folder);
        Path cache = folder.resolve("cache");
        Callable<List<String>> start =
                () -> {
                    Path unpacked = Natives.unpacked(libraries, List.of(cache));
                    return List.of(
                            Files.readString(unpacked.resolve("one")),
                            Files.readString(unpacked.resolve("two")));
                };
        List<List<String>> found = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<List<String>> each : threads.invokeAll(Collections.nCopies(64, start))) {
                found.add(each.get());
            }
        }
        assertEquals(64, found.size());
        assertEquals(1, new HashSet<>(found).size(), found.toString());
        assertEquals(List.of("first library", "second"), found.get(0));
        try (Stream<Path> folders = Files.list(cache)) {
            assertEquals(List.of("one", "two"), names(folders.toList().get(0)));
        }
    }

    @Test
    void theLibrariesOfThisMachineAreOnTheClassPath() {
        assertTrue(Natives.shipped().stream().allMatch(library -> library.bytes() > 10_000));
    }

    private static List<Natives.Library> libraries(Path folder) throws IOException {
        return List.of(library(folder, "one", "first library"), library(folder, "two", "second"));
    }

    private static Natives.Library library(Path folder, String name, String content)
            throws IOException {
        Path source = Files.writeString(folder.resolve("source-" + name), content);
        return new Natives.Library(name, source.toUri().toURL(), content.length(), 7);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
