package io.demur.store;

import org.sqlite.util.LibraryLoaderUtil;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * SQLite's native library, unpacked once into a folder named after its contents. Its driver would
 * unpack it into the temp folder at every start, and leave it there after a kill.
 */
final class SqliteLibrary {

    private static final String PATH = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";

    private SqliteLibrary() {}

    /** Tells the driver where the library lies. Where that cannot be done, it goes its own way. */
    static synchronized void place() {
        if (System.getProperty(PATH) != null) {
            return;
        }
        String name = LibraryLoaderUtil.getNativeLibName();
        URL packed =
                SqliteLibrary.class
                        .getClassLoader()
                        .getResource(
                                "%s/%s"
                                        .formatted(
                                                LibraryLoaderUtil.getNativeLibResourcePath()
                                                        .replaceFirst("^/", ""),
                                                name));
        if (packed == null) {
            return;
        }
        for (Path cache : caches()) {
            try {
                Path folder = cache.resolve(folderName(packed));
                unpack(packed, folder, name);
                System.setProperty(PATH, folder.toString());
                System.setProperty(NAME, name);
                return;
            } catch (IOException e) {
                // not writable, or full: the next one
            }
        }
    }

    private static List<Path> caches() {
        List<Path> result = new ArrayList<>();
        String home = System.getProperty("user.home", "");
        for (String base : new String[] {System.getenv("XDG_CACHE_HOME"), home + "/.cache"}) {
            try {
                if (base != null && Path.of(base).isAbsolute()) {
                    result.add(Path.of(base, "demur"));
                }
            } catch (InvalidPathException e) {
                // a variable that names no path is as good as none
            }
        }
        return result;
    }

    private static String folderName(URL packed) throws IOException {
        URLConnection connection = packed.openConnection();
        long stamp =
                connection instanceof JarURLConnection jar && jar.getJarEntry() != null
                        ? jar.getJarEntry().getCrc()
                        : connection.getContentLengthLong();
        return String.format(Locale.ROOT, "sqlite-%08x", stamp);
    }

    /** Under a name of its own first, so that another process finds the whole file or none. */
    private static void unpack(URL packed, Path folder, String name) throws IOException {
        Path target = folder.resolve(name);
        long bytes = packed.openConnection().getContentLengthLong();
        if (Files.isRegularFile(target) && Files.size(target) == bytes) {
            return;
        }
        Files.createDirectories(folder);
        Path partial = Files.createTempFile(folder, name, ".partial");
        try {
            try (InputStream in = packed.openStream()) {
                Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
