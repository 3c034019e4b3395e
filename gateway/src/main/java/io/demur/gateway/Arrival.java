package io.demur.gateway;

import io.vertx.core.http.HttpServerRequest;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request as it came in over HTTP.
 *
 * @param path without what stands for the key in it
 * @param key the text of the key, wherever it was shown
 */
record Arrival(HttpServerRequest http, String path, Optional<String> key) {

    /** By which callers and this gateway know a request, if the caller says one. */
    static final String REQUEST = "x-request-id";

    /** How often a program of OpenAI's or Anthropic's has tried before. */
    private static final String RETRIES = "x-stainless-retry-count";

    private static final String IN_PATH = "/k/";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

    /** Looks for the key: in the header of either sort, or as the beginning of the path. */
    static Arrival of(HttpServerRequest http) {
        String path = http.path() == null ? "" : http.path();
        if (path.startsWith(IN_PATH)) {
            int end = path.indexOf('/', IN_PATH.length());
            String key = path.substring(IN_PATH.length(), end < 0 ? path.length() : end);
            return new Arrival(http, end < 0 ? "/" : path.substring(end), Optional.of(key));
        }
        return new Arrival(http, path, bearer(http).or(() -> header(http, "x-api-key")));
    }

    /** The caller's name for the request, where that is a plain one. */
    Optional<String> request() {
        return header(http, REQUEST).filter(PLAIN.asMatchPredicate());
    }

    /** Whether the caller's program says that it sends this once more by itself. */
    boolean isRetried() {
        return header(http, RETRIES).filter(it -> !it.equals("0")).isPresent();
    }

    /** Says under which id the record has it; the request is named by the caller or else so. */
    void attempt(String id) {
        http.response().putHeader(Replying.ATTEMPT, id);
        if (!http.response().headers().contains(REQUEST)) {
            http.response().putHeader(REQUEST, id);
        }
    }

    private static Optional<String> bearer(HttpServerRequest http) {
        return header(http, "authorization")
                .filter(it -> it.regionMatches(true, 0, "bearer ", 0, 7))
                .map(it -> it.substring(7).strip());
    }

    private static Optional<String> header(HttpServerRequest http, String name) {
        return Optional.ofNullable(http.getHeader(name));
    }

    /** Names the way, never the key. */
    @Override
    public String toString() {
        return http.method() + " " + path;
    }
}
