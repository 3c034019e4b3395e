package io.demur.cli;

import io.demur.record.DataFolder;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.json.NotCanonical;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where the gateway of a data folder listens, as a file in it that only its owner reads. It says
 * how to reach a gateway and proves nothing: that one runs is seen by the log, which it has for
 * itself.
 *
 * @param listens the address that it listens at, as it was bound
 * @param host that other programs of this machine reach it by
 * @param certificate what it shows, where it speaks TLS
 * @param pid its process
 * @param started when that process began, as far as the machine tells; an id is given again
 */
record ServingNote(
        String listens,
        String host,
        int port,
        Optional<Path> certificate,
        long pid,
        Optional<Instant> started) {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** That of this process. */
    static ServingNote ours(String listening, int port, Optional<Path> certificate) {
        ProcessHandle self = ProcessHandle.current();
        return new ServingNote(
                listening,
                reached(listening),
                port,
                certificate.map(Path::toAbsolutePath),
                self.pid(),
                self.info().startInstant());
    }

    /** An address that stands for all of them is reached at this machine's own. */
    private static String reached(String host) {
        return switch (host) {
            case "0.0.0.0", "" -> "127.0.0.1";
            case "::", "[::]", "0:0:0:0:0:0:0:0" -> "::1";
            default -> host;
        };
    }

    /** Whether only programs of this machine reach it. */
    boolean isLoopback() {
        try {
            return InetAddress.getByName(listens).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Path file(DataFolder folder) {
        return folder.root().resolve("serving.json");
    }

    /** That of the folder; nothing where there is none that can be read. */
    static Optional<ServingNote> read(DataFolder folder) {
        try {
            return Files.isRegularFile(file(folder))
                    ? parse(Canonical.read(Files.readAllBytes(file(folder))))
                    : Optional.empty();
        } catch (IOException | NotCanonical | RuntimeException e) {
            return Optional.empty(); // it is a hint, and the log knows better
        }
    }

    private static Optional<ServingNote> parse(Json json) {
        return json instanceof Json.Obj it
                        && it.fields().get("host") instanceof Json.Str host
                        && it.fields().get("port") instanceof Json.Whole port
                        && it.fields().get("pid") instanceof Json.Whole pid
                ? Optional.of(
                        new ServingNote(
                                it.fields().get("listens") instanceof Json.Str listens
                                        ? listens.text()
                                        : host.text(),
                                host.text(),
                                Math.toIntExact(port.number()),
                                it.fields().get("certificate") instanceof Json.Str path
                                        ? Optional.of(Path.of(path.text()))
                                        : Optional.empty(),
                                pid.number(),
                                it.fields().get("started") instanceof Json.Whole millis
                                        ? Optional.of(Instant.ofEpochMilli(millis.number()))
                                        : Optional.empty()))
                : Optional.empty();
    }

    /** Puts it into the folder, whole or not at all. */
    void write(DataFolder folder) throws IOException {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("listens", new Json.Str(listens));
        fields.put("host", new Json.Str(host));
        fields.put("port", new Json.Whole(port));
        fields.put("pid", new Json.Whole(pid));
        certificate.ifPresent(it -> fields.put("certificate", new Json.Str(it.toString())));
        started.ifPresent(it -> fields.put("started", new Json.Whole(it.toEpochMilli())));
        Path half = Files.createTempFile(folder.root(), "serving", ".tmp", OWNER_ONLY);
        boolean done = false;
        try {
            Files.write(half, Canonical.bytes(new Json.Obj(fields)));
            Files.move(half, file(folder), StandardCopyOption.ATOMIC_MOVE);
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(half);
            }
        }
    }

    /** Takes it away, where it is still this one. */
    void remove(DataFolder folder) {
        try {
            if (read(folder).filter(this::equals).isPresent()) {
                Files.deleteIfExists(file(folder));
            }
        } catch (IOException e) {
            // one that is left behind is seen to be stale
        }
    }

    /** Whether its process is there, and no other that was given the same id. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(
                        process ->
                                started.isEmpty()
                                        || process.info().startInstant().isEmpty()
                                        || process.info().startInstant().get().toEpochMilli()
                                                == started.get().toEpochMilli())
                .isPresent();
    }

    /** The beginning of its addresses. */
    String url() {
        return "%s://%s:%d"
                .formatted(
                        certificate.isPresent() ? "https" : "http",
                        host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host,
                        port);
    }
}
