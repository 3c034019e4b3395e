package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.entry.Appeal;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Report;
import io.demur.record.entry.Review;
import io.demur.record.entry.RouteAround;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Plays a story again and again. Each time the gateway is killed one step later, begins again on
 * what it left on the disk, and whoever got no answer asks again, until the story is played to its
 * end with nobody killed.
 */
final class Lives {

    private final Path folder;
    private final Path begun;
    private int copies;

    /** Stories that begin with a gateway that nobody has asked anything. */
    Lives(Path folder) throws Exception {
        this.folder = folder;
        begun = Files.createDirectory(folder.resolve("begun"));
        Ground.begun(begun).trail().close();
    }

    /** What somebody does; done again where it got no answer. */
    interface Act {
        void by(Mortal life) throws Exception;
    }

    /**
     * A story.
     *
     * @param ended looks at what came of it
     */
    record Story(Mortal.Kind kind, List<Act> acts, Ended ended) {}

    /** What must be so at the end. */
    interface Ended {
        void holds(Mortal last, List<Entry> entries) throws Exception;
    }

    /**
     * Plays it with a death at each of its steps, or at every so manieth of them.
     *
     * @param every step of so many, beginning with the first
     */
    int play(int every, Supplier<Story> stories) throws Exception {
        List<String> wrong = new ArrayList<>();
        int played = 0;
        Death death = new Death(0);
        while (played == 0 || death.happened()) {
            death = new Death(1 + every * played++);
            try {
                once(stories.get(), death);
            } catch (Exception | AssertionError e) {
                wrong.add("killed at %s: %s at %s".formatted(death, e, where(e)));
            }
        }
        assertEquals(List.of(), wrong);
        return played;
    }

    private static String where(Throwable e) {
        return Arrays.stream(e.getStackTrace())
                .filter(it -> it.getClassName().startsWith("io.demur"))
                .limit(3)
                .toList()
                .toString();
    }

    private void once(Story story, Death death) throws Exception {
        Path place = copied(begun);
        Mortal life = new Mortal(place, story.kind(), 0, death);
        int lives = 0;
        try {
            List<Act> acts = new ArrayList<>(story.acts());
            acts.add(Lives::settle);
            for (Act act : acts) {
                try {
                    act.by(life);
                } catch (Exception | AssertionError e) {
                    if (!death.happened() || lives++ > 0) {
                        throw e;
                    }
                    Path next;
                    death.writing.lock();
                    try {
                        next = copied(place);
                    } finally {
                        death.writing.unlock();
                    }
                    life.close();
                    deleted(place);
                    place = next;
                    life = new Mortal(place, story.kind(), 1, new Death(0));
                    act.by(life);
                }
            }
            List<Entry> entries = life.verified();
            nothingIsToldTwice(entries);
            story.ended().holds(life, entries);
        } finally {
            life.close();
            deleted(place);
        }
    }

    /** What a gateway does by itself, sooner or later. */
    private static void settle(Mortal life) throws Exception {
        life.publish();
        life.follow();
    }

    /** What people did stands there once; who has read what may have read it again. */
    private static void nothingIsToldTwice(List<Entry> entries) {
        Set<Entry> told = new HashSet<>();
        for (Entry entry : entries) {
            if (entry instanceof Review
                    || entry instanceof Appeal
                    || entry instanceof Report
                    || entry instanceof RouteAround) {
                assertTrue(told.add(entry.at(Instant.EPOCH)), () -> "twice: " + entry);
            }
        }
    }

    /**
     * What a killed process leaves. What SQLite has written ahead comes first: should a connection
     * that is let go put it into the database meanwhile, it is there twice, and not lost.
     */
    private Path copied(Path from) throws IOException {
        Path to = folder.resolve("life" + copies++);
        List<Path> all = new ArrayList<>();
        try (var files = Files.walk(from)) {
            files.filter(it -> !it.toString().endsWith("-shm")).forEach(all::add);
        }
        all.sort(Comparator.comparing(it -> !Files.isDirectory(it) && !isAhead(it)));
        for (Path each : all) {
            try {
                // attributes too: keys must be closed to others
                Files.copy(
                        each,
                        to.resolve(from.relativize(each).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            } catch (NoSuchFileException e) {
                if (!isAhead(each)) {
                    throw e;
                }
            }
        }
        return to;
    }

    private static boolean isAhead(Path file) {
        return file.toString().endsWith("-wal");
    }

    private static void deleted(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes with)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path each, IOException failed)
                            throws IOException {
                        Files.delete(each);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
