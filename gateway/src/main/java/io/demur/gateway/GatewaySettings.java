package io.demur.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How the gateway listens.
 *
 * @param port 0 for any that is free
 * @param instances verticles, each on a thread of its own; as many as there are cores
 * @param bodyBytesMax the longest body that is read
 * @param bodyWithin how long a caller may take to send one
 * @param answeredWithin how long one exchange may take in all
 * @param stopWithin how long exchanges under way may go on when the gateway stops
 * @param address under which people reach it, for appeals and receipts
 */
public record GatewaySettings(
        String host,
        int port,
        int instances,
        int bodyBytesMax,
        Duration bodyWithin,
        Duration answeredWithin,
        Duration stopWithin,
        Refusals.Form form,
        Optional<Tls> tls,
        Optional<String> address) {

    /** The usual port. */
    public static final int PORT = 8787;

    /** What holds where nothing is configured: on this machine alone. */
    public static final GatewaySettings USUAL =
            new GatewaySettings(
                    "127.0.0.1",
                    PORT,
                    Runtime.getRuntime().availableProcessors(),
                    32 << 20,
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(30),
                    Duration.ofSeconds(30),
                    Refusals.Form.TURN,
                    Optional.empty(),
                    Optional.empty());

    /** The files of a certificate and of its key, in PEM. */
    public record Tls(Path certificate, Path key) {
        public Tls {
            Objects.requireNonNull(certificate);
            Objects.requireNonNull(key);
        }
    }

    public GatewaySettings {
        Objects.requireNonNull(host);
        Objects.requireNonNull(bodyWithin);
        Objects.requireNonNull(answeredWithin);
        Objects.requireNonNull(stopWithin);
        Objects.requireNonNull(form);
        Objects.requireNonNull(tls);
        Objects.requireNonNull(address);
        if (port < 0 || port > 65_535 || instances < 1 || bodyBytesMax < 1) {
            throw new IllegalArgumentException(
                    "port `%d`, instances `%d`, body `%d`"
                            .formatted(port, instances, bodyBytesMax));
        }
    }

    /** The same at another port. */
    public GatewaySettings withPort(int other) {
        return new GatewaySettings(
                host,
                other,
                instances,
                bodyBytesMax,
                bodyWithin,
                answeredWithin,
                stopWithin,
                form,
                tls,
                address);
    }
}
