package io.demur.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a store is and how it is opened.
 *
 * @param url {@code sqlite:PATH}, or {@code postgresql://USER:PASSWORD@HOST:PORT/DATABASE}
 * @param readers how many connections read at the same time; one more writes
 * @param patience how long to wait for a lock, a connection or a server before giving up
 * @param statement how long one statement may take on a server
 */
public record StoreSettings(String url, int readers, Duration patience, Duration statement) {

    private static final String SQLITE = "sqlite:";
    private static final String SECRET = "(?:password|passwd|secret|token)";
    private static final String ANY_SECRET = ".*" + SECRET + ".*";

    public StoreSettings {
        if (readers < 1) {
            throw new IllegalArgumentException("a store has at least one reader, not " + readers);
        }
        if (patience.toMillis() < 1 || statement.toMillis() < 1) {
            throw new IllegalArgumentException("a wait is longer than nothing");
        }
        String bare = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        if (bare.startsWith("postgres:")) {
            bare = "postgresql:" + bare.substring("postgres:".length());
        }
        url = bare;
        if (!url.startsWith(SQLITE) && !url.startsWith("postgresql://")) {
            throw new IllegalArgumentException(
                    "`%s` is no store: it begins with `sqlite:` or `postgresql://`"
                            .formatted(shown(url)));
        }
        if (url.startsWith(SQLITE)) {
            String path = url.substring(SQLITE.length());
            // SQLite's driver takes what follows a question mark for settings, and these beginnings
            // for something else than a file
            if (path.isBlank()
                    || path.indexOf('?') >= 0
                    || path.startsWith(":")
                    || path.startsWith("file:")) {
                throw new IllegalArgumentException(
                        "`%s` names no file that a store can be in: a path is not empty, holds no"
                                        .formatted(path)
                                + " `?` and does not begin with `:` or `file:`");
            }
        }
    }

    /** A store with four readers, five seconds of waiting, and thirty for a statement. */
    public StoreSettings(String url) {
        this(url, 4, Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    /** The embedded store in a file. */
    public static StoreSettings file(Path file) {
        return new StoreSettings(SQLITE + file);
    }

    /** Whether it is a file, and not a server. */
    public boolean embedded() {
        return url.startsWith(SQLITE);
    }

    /** The file of an embedded store. */
    Path path() {
        return Path.of(url.substring(SQLITE.length()));
    }

    /** The address for people: without password. */
    public String shown() {
        return shown(url);
    }

    private static String shown(String url) {
        String bare = url;
        int start = url.indexOf("//");
        // a password may hold anything, an at sign too, whether that is allowed or not
        int end = url.lastIndexOf('@');
        if (start >= 0 && end > start) {
            bare = url.substring(0, start + 2) + url.substring(end + 1);
        }
        return bare.replaceAll("(?i)([?&](?:[^=&]*" + SECRET + "[^=&]*|user)=)[^&]*", "$1…");
    }

    /** A text about it without any of its passwords. */
    String masked(String text) {
        String result = text;
        if (!embedded()) {
            List<String> words = new ArrayList<>(secrets().values());
            words.add(credentials()[1]);
            for (String word : words) {
                if (word.length() > 2) {
                    result = result.replace(word, "…");
                }
            }
        }
        return result;
    }

    /** The parameters of the address that are not for a driver's messages, decoded. */
    Map<String, String> secrets() {
        Map<String, String> found = new LinkedHashMap<>();
        for (String parameter : parameters()) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && isSecret(parameter)) {
                found.put(
                        parameter.substring(0, equals),
                        URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    private static boolean isSecret(String parameter) {
        return parameter.replaceFirst("=.*", "").toLowerCase(Locale.ROOT).matches(ANY_SECRET);
    }

    private List<String> parameters() {
        String query = uri().getRawQuery();
        return query == null ? List.of() : List.of(query.split("&", -1));
    }

    /** The address of the server as its driver wants it: without user and password. */
    String jdbc() {
        URI uri = uri();
        String rest =
                String.join("&", parameters().stream().filter(each -> !isSecret(each)).toList());
        String query = rest.isEmpty() ? "" : "?" + rest;
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
    }

    /** The user's name and password in the address, each empty where there is none. */
    String[] credentials() {
        String info = uri().getUserInfo();
        if (info == null) {
            return new String[] {"", ""};
        }
        int colon = info.indexOf(':');
        return colon < 0
                ? new String[] {info, ""}
                : new String[] {info.substring(0, colon), info.substring(colon + 1)};
    }

    private URI uri() {
        try {
            URI uri = new URI(url);
            if (uri.getHost() == null || uri.getRawPath().length() < 2) {
                throw new IllegalArgumentException(
                        "`%s` names no host and database".formatted(shown()));
            }
            return uri;
        } catch (URISyntaxException e) {
            // the cause would repeat the password
            throw new IllegalArgumentException(
                    "`%s` is no address: %s"
                            .formatted(shown(), e.getReason().toLowerCase(Locale.ROOT)));
        }
    }

    /** Without password. */
    @Override
    public String toString() {
        return "StoreSettings[" + shown() + "]";
    }
}
