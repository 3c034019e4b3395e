package io.demur.encoder;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The native libraries of runtime and tokenizer. Both come packed in jars, and unpacking them (44
 * MB) at every start would cost more than a hundred judgements; so they are unpacked once, into a
 * folder named after their contents.
 *
 * <p>Each file is written under a name of its own and then renamed, so that a process that starts
 * at the same time finds either a whole file or none. Where no cache can be written to, a folder
 * for this process alone takes its place.
 *
 * <p>The tokenizer's library is loaded here and not by its own loader, which asks for graphics
 * cards, unpacks a second library to do so, and fetches libraries over the network for those it
 * finds.
 */
final class Natives {

    private static final String RUNTIME_PATH = "onnxruntime.native.path";
    private static final String RUNTIME = "onnxruntime";

    private static boolean loaded;

    /**
     * One library.
     *
     * @param name of the file, here and there
     * @param from where it is packed
     * @param bytes its length
     * @param crc of its bytes, as the jar has it; of its place and length outside a jar
     */
    record Library(String name, URL from, long bytes, long crc) {}

    private Natives() {}

    /**
     * Loads the libraries; nothing where they are loaded.
     *
     * @throws IllegalStateException if there are none for this machine, or they cannot be loaded
     */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        List<Library> libraries = shipped();
        Path folder = unpacked(libraries, candidates());
        if (System.getProperty(RUNTIME_PATH) == null) {
            System.setProperty(RUNTIME_PATH, folder.toString());
        }
        try {
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            for (Library library : libraries) {
                if (!library.name().contains(RUNTIME)) {
                    System.load(folder.resolve(library.name()).toAbsolutePath().toString());
                }
            }
        } catch (LinkageError | IllegalStateException e) {
            throw new IllegalStateException(
                    "the encoder's native libraries in `%s` cannot be loaded: %s"
                            .formatted(folder, e.getMessage()),
                    e);
        }
        loaded = true;
    }

    /** Folders to keep caches in, the best first; there may be none. */
    static List<Path> candidates() {
        List<Path> result = new ArrayList<>();
        for (Optional<String> base :
                List.of(
                        Optional.ofNullable(System.getenv("XDG_CACHE_HOME")),
                        Optional.ofNullable(System.getProperty("user.home"))
                                .map(home -> home + "/.cache"))) {
            try {
                base.map(Path::of)
                        .filter(Path::isAbsolute)
                        .ifPresent(path -> result.add(path.resolve("demur")));
            } catch (InvalidPathException e) {
                // a variable that names no path is as good as none
            }
        }
        return result;
    }

    /**
     * The folder that holds all of the libraries, each whole.
     *
     * @param caches folders to try, in this order
     */
    static Path unpacked(List<Library> libraries, List<Path> caches) {
        CRC32 contents = new CRC32();
        for (Library library : libraries) {
            contents.update(
                    "%s %d %x\n"
                            .formatted(library.name(), library.bytes(), library.crc())
                            .getBytes(StandardCharsets.UTF_8));
        }
        String name = "natives-%08x".formatted(contents.getValue());
        for (Path cache : caches) {
            Path folder = cache.resolve(name);
            try {
                fill(folder, libraries);
                return folder;
            } catch (IOException e) {
                // not writable, or full: the next one
            }
        }
        try {
            Path folder = Files.createTempDirectory("demur-natives");
            folder.toFile().deleteOnExit();
            fill(folder, libraries);
            for (Library library : libraries) {
                folder.resolve(library.name()).toFile().deleteOnExit();
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("native libraries of the encoder", e);
        }
    }

    private static void fill(Path folder, List<Library> libraries) throws IOException {
        Files.createDirectories(folder);
        for (Library library : libraries) {
            Path target = folder.resolve(library.name());
            if (!whole(target, library)) {
                unpack(library, folder, target);
            }
        }
    }

    private static boolean whole(Path target, Library library) throws IOException {
        return Files.isRegularFile(target) && Files.size(target) == library.bytes();
    }

    private static void unpack(Library library, Path folder, Path target) throws IOException {
        Path partial = Files.createTempFile(folder, library.name(), ".partial");
        try {
            try (InputStream in = library.from().openStream()) {
                Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
            }
            try {
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                // Windows does not replace a library that another process has loaded.
                if (!whole(target, library)) {
                    throw e;
                }
            }
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** The libraries for this machine, from the class path. */
    static List<Library> shipped() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        boolean windows = os.contains("win") && !os.contains("darwin");
        boolean mac = os.contains("mac") || os.contains("darwin");
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        String runtime =
                "ai/onnxruntime/native/%s-%s/"
                        .formatted(
                                windows ? "win" : mac ? "osx" : "linux", arm ? "aarch64" : "x64");
        String tokenizer =
                "native/lib/%s-%s/cpu/"
                        .formatted(
                                windows ? "win" : mac ? "osx" : "linux",
                                arm ? "aarch64" : "x86_64");
        List<String> paths = new ArrayList<>();
        paths.add(runtime + System.mapLibraryName(RUNTIME));
        paths.add(runtime + System.mapLibraryName("onnxruntime4j_jni"));
        if (windows) {
            // in the order in which they need each other
            paths.add(tokenizer + "libwinpthread-1.dll");
            paths.add(tokenizer + "libgcc_s_seh-1.dll");
            paths.add(tokenizer + "libstdc++-6.dll");
        }
        paths.add(tokenizer + System.mapLibraryName("tokenizers"));
        List<Library> result = new ArrayList<>();
        for (String path : paths) {
            URL url = Natives.class.getClassLoader().getResource(path);
            if (url == null) {
                throw new IllegalStateException(
                        ("the encoder has no native library for `%s` on `%s`; 64-bit Linux,"
                                        + " Windows or macOS on ARM is needed")
                                .formatted(os, arch));
            }
            result.add(library(path, url));
        }
        return result;
    }

    private static Library library(String path, URL url) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        try {
            URLConnection connection = url.openConnection();
            if (connection instanceof JarURLConnection jar && jar.getJarEntry() != null) {
                return new Library(
                        name, url, jar.getJarEntry().getSize(), jar.getJarEntry().getCrc());
            }
            return new Library(name, url, connection.getContentLengthLong(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("native library `%s`".formatted(name), e);
        }
    }
}
