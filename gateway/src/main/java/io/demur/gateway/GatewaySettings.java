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
 * @param intake what may come in at once
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
        Optional<String> address,
        Intake intake) {

    /** The usual port. */
    public static final int PORT = 8787;

    /** What holds where nothing is configured: on this machine alone. */
    public static final GatewaySettings USUAL =
            new GatewaySettings(
                    "127.0.0.1",
                    PORT,
                    Runtime.getRuntime().availableProcessors(),
                    16 << 20,
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(30),
                    Duration.ofSeconds(30),
                    Refusals.Form.TURN,
                    Optional.empty(),
                    Optional.empty());

    /**
     * What may come in at once, of all callers together.
     *
     * @param connectionsMax that are open; more are closed at once
     * @param headWithin how long a new one may take until its first request has come
     * @param idleWithin how long one may take from one request to the next
     * @param bodiesBytesMax of all bodies whose exchanges are under way
     * @param judgedMax requests that are judged; others wait
     * @param turnWithin how long they wait before they are sent away
     */
    public record Intake(
            int connectionsMax,
            Duration headWithin,
            Duration idleWithin,
            long bodiesBytesMax,
            int judgedMax,
            Duration turnWithin) {

        /** For each core: more than wait for a disk, and less than a second's work. */
        private static final int JUDGED = 256;

        /** Of the memory that there is, bodies may take such a part; judging them takes more. */
        private static final int PART = 8;

        public Intake {
            Objects.requireNonNull(headWithin);
            Objects.requireNonNull(idleWithin);
            Objects.requireNonNull(turnWithin);
            if (connectionsMax < 1 || bodiesBytesMax < 1 || judgedMax < 1) {
                throw new IllegalArgumentException(
                        "connections `%d`, bytes of bodies `%d`, judged at a time `%d`"
                                .formatted(connectionsMax, bodiesBytesMax, judgedMax));
            }
        }

        /** As much as the memory allows, and one body of the greatest length in any case. */
        public static Intake usual(int bodyBytesMax) {
            return new Intake(
                    8_192,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(60),
                    Math.max(bodyBytesMax, Runtime.getRuntime().maxMemory() / PART),
                    JUDGED * Runtime.getRuntime().availableProcessors(),
                    Duration.ofSeconds(10));
        }

        /** The same for so many connections. */
        public Intake withConnections(int most) {
            return new Intake(most, headWithin, idleWithin, bodiesBytesMax, judgedMax, turnWithin);
        }
    }

    /** The files of a certificate and of its key, in PEM. */
    public record Tls(Path certificate, Path key) {
        public Tls {
            Objects.requireNonNull(certificate);
            Objects.requireNonNull(key);
        }
    }

    /** With what may usually come in at once. */
    public GatewaySettings(
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
        this(
                host,
                port,
                instances,
                bodyBytesMax,
                bodyWithin,
                answeredWithin,
                stopWithin,
                form,
                tls,
                address,
                Intake.usual(bodyBytesMax));
    }

    public GatewaySettings {
        Objects.requireNonNull(host);
        Objects.requireNonNull(bodyWithin);
        Objects.requireNonNull(answeredWithin);
        Objects.requireNonNull(stopWithin);
        Objects.requireNonNull(form);
        Objects.requireNonNull(tls);
        Objects.requireNonNull(address);
        Objects.requireNonNull(intake);
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
                address,
                intake);
    }
}
