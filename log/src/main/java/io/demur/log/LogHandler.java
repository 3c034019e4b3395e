package io.demur.log;

import io.demur.log.note.Malformed;
import io.demur.log.tile.TilePath;
import io.demur.log.tile.TileSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers the requests that others read a log with: {@code checkpoint}, {@code
 * checkpoint.witnessed} and {@code tile/…}, whatever server it is mounted in. Nothing else of the
 * folder can be reached, because no other name is ever looked up. Safe for use by several threads;
 * reads a file, so not to be called where nothing may block.
 */
public final class LogHandler {

    /** The newest checkpoint that witnesses have cosigned, beside {@code checkpoint}. */
    public static final String WITNESSED = "checkpoint.witnessed";

    private static final String CHECKPOINT = "checkpoint";

    /**
     * An answer.
     *
     * @param headers names in lower case
     * @param body empty for {@code HEAD}, whose {@code content-length} is that of {@code GET}; not
     *     copied, not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // made, sent, and never compared
    public record Reply(int status, Map<String, String> headers, byte[] body) {

        public Reply {
            headers = Map.copyOf(headers);
        }
    }

    private final TileSource source;

    public LogHandler(TileSource source) {
        this.source = source;
    }

    /**
     * Answers a request.
     *
     * @param path behind the prefix that the log is mounted at, as it stood in the request (nothing
     *     decoded, no query): {@code /checkpoint}
     * @throws IOException where a file is there and cannot be read
     */
    public Reply handle(String method, String path) throws IOException {
        boolean asked = method.equals("GET");
        if (!asked && !method.equals("HEAD")) {
            return said(405, "read only", true, Map.of("allow", "GET, HEAD"));
        }
        String name = path.startsWith("/") ? path.substring(1) : "";
        boolean mutable = name.equals(CHECKPOINT) || name.equals(WITNESSED);
        Optional<byte[]> found = mutable || namesTile(name) ? source.read(name) : Optional.empty();
        if (found.isEmpty()) {
            return said(404, "not found", asked, Map.of());
        }
        Map<String, String> headers = new TreeMap<>();
        headers.put(
                "content-type", mutable ? "text/plain; charset=utf-8" : "application/octet-stream");
        headers.put("cache-control", mutable ? "no-cache" : "public, max-age=31536000, immutable");
        return reply(200, headers, found.get(), asked);
    }

    private static boolean namesTile(String name) {
        try {
            return TilePath.parse(name).width() > 0;
        } catch (Malformed e) {
            return false;
        }
    }

    private static Reply said(
            int status, String text, boolean asked, Map<String, String> additional) {
        Map<String, String> headers = new TreeMap<>(additional);
        headers.put("content-type", "text/plain; charset=utf-8");
        headers.put("cache-control", "no-store");
        return reply(status, headers, (text + "\n").getBytes(StandardCharsets.UTF_8), asked);
    }

    private static Reply reply(
            int status, Map<String, String> headers, byte[] body, boolean asked) {
        headers.put("content-length", Integer.toString(body.length));
        headers.put("x-content-type-options", "nosniff");
        return new Reply(status, headers, asked ? body : new byte[0]);
    }
}
