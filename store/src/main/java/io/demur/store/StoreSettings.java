package io.demur.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

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
        return url.replaceFirst("//[^@/]*@", "//")
                .replaceAll("(?i)([?&](?:password|user)=)[^&]*", "$1…");
    }

    /** The address of the server as its driver wants it: without user and password. */
    String jdbc() {
        URI uri = uri();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
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
