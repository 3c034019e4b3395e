package io.demur.files.serve;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a configuration says. What it says nothing of is left to whoever reads it.
 *
 * @param host to listen at
 * @param tls files of a certificate and of its key, in PEM
 * @param address under which people reach the gateway
 * @param structured whether refusals take the protocol's own form rather than that of an answer
 * @param bodyBytesMax the longest body that is read
 * @param connectionsMax how many connections may be open at once
 * @param stopWithin how long exchanges under way may go on at the end
 * @param keyless the principal that callers from this machine without a key are
 * @param upstreams servers of models
 * @param profiles whether local models are asked the probes that ship
 * @param alarms who is told of alarms, beside the log
 * @param judge says what likeness leaves in doubt of requests that come again
 */
public record ServeConfig(
        Optional<String> host,
        Optional<Integer> port,
        Optional<Tls> tls,
        Optional<URI> address,
        Optional<Boolean> structured,
        Optional<Integer> bodyBytesMax,
        Optional<Integer> connectionsMax,
        Optional<Duration> stopWithin,
        Optional<String> keyless,
        List<Server> upstreams,
        Optional<Boolean> profiles,
        Alarms alarms,
        Optional<Judge> judge) {

    /** Nothing is configured. */
    public static final ServeConfig NONE =
            new ServeConfig(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Alarms.NONE,
                    Optional.empty());

    /** Paths as they were written. */
    public record Tls(String certificate, String key) {
        public Tls {
            Objects.requireNonNull(certificate);
            Objects.requireNonNull(key);
        }
    }

    /** Which protocol a server speaks. */
    public enum Kind {
        OPENAI,
        OLLAMA,
        ANTHROPIC
    }

    /**
     * A server of models.
     *
     * @param key a secret; never shown
     * @param headers further ones that it wants, with values that are secrets
     * @param models by the names that callers use, with what the server calls them; empty for all
     *     that it says it has
     * @param fallback whether it is asked only while no other server of a model can be
     */
    public record Server(
            String name,
            Kind kind,
            URI url,
            Optional<String> key,
            Map<String, String> headers,
            Map<String, String> models,
            boolean fallback,
            Times times) {
        public Server {
            Objects.requireNonNull(name);
            Objects.requireNonNull(kind);
            Objects.requireNonNull(url);
            Objects.requireNonNull(key);
            headers = Map.copyOf(headers);
            models = Map.copyOf(models);
            Objects.requireNonNull(times);
        }

        /** Names the server, never its key. */
        @Override
        public String toString() {
            return "%s (%s)".formatted(name, url);
        }
    }

    /**
     * How long a server may take.
     *
     * @param connect until a connection stands
     * @param begin until the first byte of an answer that comes in pieces
     * @param idle between two pieces
     */
    public record Times(
            Optional<Duration> connect, Optional<Duration> begin, Optional<Duration> idle) {

        /** Nothing is said of them. */
        public static final Times USUAL =
                new Times(Optional.empty(), Optional.empty(), Optional.empty());

        public Times {
            Objects.requireNonNull(connect);
            Objects.requireNonNull(begin);
            Objects.requireNonNull(idle);
        }
    }

    /**
     * A general language model that compares two requests.
     *
     * @param key a secret; never shown
     * @param within how long one answer may take, more than 0
     * @param perDayMax how many pairs it is asked of in 24 hours, more than 0
     */
    public record Judge(
            URI url, String model, Optional<String> key, Duration within, int perDayMax) {

        /** Where nothing is said. */
        public static final Duration WITHIN = Duration.ofSeconds(20);

        /** Where nothing is said. */
        public static final int PER_DAY_MAX = 500;

        public Judge {
            Objects.requireNonNull(url);
            Objects.requireNonNull(model);
            Objects.requireNonNull(key);
            Objects.requireNonNull(within);
        }

        /** Names model and server, never the key. */
        @Override
        public String toString() {
            return "%s (%s)".formatted(model, url);
        }
    }

    /** Who is told of alarms. */
    public record Alarms(Optional<Webhook> webhook, Optional<Mail> mail) {

        /** Nobody is. */
        public static final Alarms NONE = new Alarms(Optional.empty(), Optional.empty());

        public Alarms {
            Objects.requireNonNull(webhook);
            Objects.requireNonNull(mail);
        }
    }

    /**
     * An address that alarms are posted to.
     *
     * @param secret by which they are signed; never shown
     */
    public record Webhook(URI url, String secret) {
        public Webhook {
            Objects.requireNonNull(url);
            Objects.requireNonNull(secret);
        }

        /** Names the host: a path may be a secret of its own. */
        @Override
        public String toString() {
            return String.valueOf(url.getHost());
        }
    }

    /** How the way to a server of mail is kept secret. */
    public enum MailTls {
        STARTTLS,
        IMPLICIT,
        NONE
    }

    /** Who mail is sent as; the password is never shown. */
    public record Login(String user, String password) {
        public Login {
            Objects.requireNonNull(user);
            Objects.requireNonNull(password);
        }

        @Override
        public String toString() {
            return user;
        }
    }

    /** A server that takes mail, and whose mail it is. */
    public record Mail(
            String host,
            int port,
            MailTls tls,
            Optional<Login> login,
            String from,
            List<String> to) {
        public Mail {
            Objects.requireNonNull(login);
            to = List.copyOf(to);
        }
    }

    public ServeConfig {
        Objects.requireNonNull(host);
        Objects.requireNonNull(port);
        Objects.requireNonNull(tls);
        Objects.requireNonNull(address);
        Objects.requireNonNull(structured);
        Objects.requireNonNull(bodyBytesMax);
        Objects.requireNonNull(connectionsMax);
        Objects.requireNonNull(stopWithin);
        Objects.requireNonNull(keyless);
        upstreams = List.copyOf(upstreams);
        Objects.requireNonNull(profiles);
        Objects.requireNonNull(alarms);
        Objects.requireNonNull(judge);
    }
}
