package io.demur.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who but its owner may read or change a file, as far as the file system says so. */
final class Modes {

    private static final Set<PosixFilePermission> READ =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
    private static final Set<PosixFilePermission> WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private Modes() {}

    /** Whether others may read what is in it. */
    static boolean isOpen(Path path) throws IOException {
        return any(path, READ);
    }

    /** Whether others may change it. */
    static boolean isWritable(Path path) throws IOException {
        return any(path, WRITE);
    }

    private static boolean any(Path path, Set<PosixFilePermission> sought) throws IOException {
        return permissions(path).stream().anyMatch(sought::contains);
    }

    private static Set<PosixFilePermission> permissions(Path path) throws IOException {
        try {
            return Files.getPosixFilePermissions(path);
        } catch (UnsupportedOperationException e) {
            return Set.of(); // a file system without owners: nothing can be said
        }
    }

    /** As `chmod` has it. */
    static String said(Path path) throws IOException {
        return PosixFilePermissions.toString(permissions(path));
    }

    /** A folder and what lies in it, one level deep. */
    static List<Path> in(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            found.add(folder);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                files.forEach(found::add);
            }
            found.sort(Path::compareTo);
        }
        return found;
    }
}
