package io.demur.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds out who has a file locked, where the system tells. */
final class LockHolders {

    private static final Path LOCKS = Path.of("/proc/locks");

    private LockHolders() {}

    /** The processes that hold locks on a database, in words. */
    static String of(Path database) {
        Set<String> found = new LinkedHashSet<>();
        String self = Long.toString(ProcessHandle.current().pid());
        try {
            Set<String> inodes = new LinkedHashSet<>();
            for (String suffix : new String[] {"", "-shm"}) {
                Path file = database.resolveSibling(database.getFileName() + suffix);
                if (Files.exists(file)) {
                    inodes.add(Files.getAttribute(file, "unix:ino").toString());
                }
            }
            for (String line : Files.readAllLines(LOCKS)) {
                // 1: POSIX ADVISORY WRITE 1234 fd:00:56789 0 EOF
                String[] parts = line.trim().split("\\s+", -1);
                if (parts.length >= 6
                        && !parts[1].equals("->")
                        && !parts[4].equals(self)
                        && inodes.contains(parts[5].replaceFirst(".*:", ""))) {
                    found.add(parts[4]);
                }
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // not every system tells, and the error is about something else
        }
        return switch (found.size()) {
            case 0 -> "another connection";
            case 1 -> "process " + found.iterator().next();
            default -> "processes " + String.join(", ", found);
        };
    }
}
