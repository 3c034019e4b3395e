package io.demur.remote;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file at an address, pinned by its SHA-256: {@code https://…/file.csv#sha256=…}. Whatever the
 * server sends, what is read is this file or nothing. It is fetched once and then lies in a folder.
 *
 * @param address without the sum
 * @param sha256 64 hexadecimal digits in lower case
 */
public record PinnedFile(URI address, String sha256) {

    /** Larger files are not fetched. */
    public static final long BYTES_MAX = 200_000_000;

    private static final Duration CONNECT_MAX = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int NAME_MAX = 100;

    private static final Pattern WEB = Pattern.compile("(?i)https?://.*");
    private static final Pattern PINNED = Pattern.compile("([^#]*)#sha256=([0-9A-Fa-f]{64})");

    public PinnedFile {
        Objects.requireNonNull(address);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("`%s` is no SHA-256".formatted(sha256));
        }
    }

    /** Whether what a user named is an address rather than a file. */
    public static boolean isAddress(String named) {
        return WEB.matcher(named).matches();
    }

    /**
     * Reads an address with its sum.
     *
     * @throws IOException if it has none, or is no address; the message says so
     */
    public static PinnedFile parse(String named) throws IOException {
        Matcher pinned = PINNED.matcher(named);
        if (!pinned.matches()) {
            throw new IOException(
                    "`%s` has no sum; put `#sha256=` and the file's SHA-256 behind it"
                            .formatted(shown(named)));
        }
        try {
            URI address = new URI(pinned.group(1));
            if (address.getHost() == null) {
                throw new IOException("`%s` names no server".formatted(shown(named)));
            }
            return new PinnedFile(address, pinned.group(2).toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            // without its cause, which repeats the whole
            throw new IOException("`%s` is no address: %s".formatted(shown(named), e.getReason()));
        }
    }

    /**
     * An address as it may be repeated: without a user, a password, and what stands behind the
     * question mark, where tokens stand.
     */
    public static String shown(String named) {
        // where an address cannot be taken apart, anything before the last `@` may be a password
        String user = hasServer(named) ? "[^/?#]*@" : ".*@";
        return named.replaceFirst("(?is)^([a-z][a-z0-9+.-]*://)?" + user, "$1…@")
                .replaceFirst("(?s)\\?[^#]*", "?…");
    }

    private static boolean hasServer(String named) {
        try {
            return new URI(named).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private String shown() {
        return shown(address.toString());
    }

    /** As it may be repeated, with its sum. */
    @Override
    public String toString() {
        return shown() + "#sha256=" + sha256;
    }

    /**
     * The file in a folder, fetched where it is not there yet.
     *
     * @param cache is made where it is missing
     * @param within how long fetching may take
     * @throws IOException if it cannot be fetched, or is another file than the sum says; nothing is
     *     kept then
     */
    public Path in(Path cache, Duration within) throws IOException {
        Path folder = cache.resolve(sha256);
        Path kept = folder.resolve(fileName());
        if (Files.isRegularFile(kept) && sha256.equals(sum(kept))) {
            return kept;
        }
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "part-", ".tmp");
        try {
            String found = fetch(part, within);
            if (!found.equals(sha256)) {
                throw new IOException(
                        "`%s` is another file: its SHA-256 is %s, and not %s"
                                .formatted(shown(), found, sha256));
            }
            Files.move(
                    part,
                    kept,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return kept;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** What the file is called at its address: its form may be recognised by that. */
    private String fileName() {
        String path = Optional.ofNullable(address.getPath()).orElse("");
        String last = path.substring(path.lastIndexOf('/') + 1);
        String plain = last.replaceAll("[^A-Za-z0-9._-]", "_");
        String name = plain.substring(Math.max(0, plain.length() - NAME_MAX));
        return name.isEmpty() || name.startsWith(".") ? "file" + name : name;
    }

    private String fetch(Path part, Duration within) throws IOException {
        try (HttpClient http =
                HttpClient.newBuilder()
                        // what comes is held against the sum, wherever it comes from
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(CONNECT_MAX)
                        .build()) {
            CompletableFuture<HttpResponse<String>> coming =
                    http.sendAsync(
                            HttpRequest.newBuilder(address).GET().build(),
                            head -> body(head.statusCode(), part));
            try {
                HttpResponse<String> response =
                        coming.get(within.toMillis(), TimeUnit.MILLISECONDS);
                if (response.statusCode() != OK) {
                    throw new IOException(
                            "`%s` cannot be fetched: the server answers %d"
                                    .formatted(shown(), response.statusCode()));
                }
                return response.body();
            } catch (TimeoutException e) {
                throw new IOException(
                        "`%s` cannot be fetched: it was not there after %d s"
                                .formatted(shown(), within.toSeconds()),
                        e);
            } catch (ExecutionException e) {
                throw new IOException(
                        "`%s` cannot be fetched: %s".formatted(shown(), reason(e.getCause())), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException(
                        "fetching `%s` was interrupted".formatted(shown()));
            } finally {
                coming.cancel(true);
                http.shutdownNow();
            }
        }
    }

    /** A page that says what is wrong is not the file, and not kept. */
    private static BodySubscriber<String> body(int status, Path part) {
        if (status != OK) {
            return BodySubscribers.mapping(BodySubscribers.discarding(), nothing -> "");
        }
        try {
            return new CappedFile(part, BYTES_MAX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure instanceof ConnectException) {
            return "there is no server";
        }
        return failure == null || failure.getMessage() == null
                ? "the connection broke"
                : failure.getMessage();
    }

    private static String sum(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
