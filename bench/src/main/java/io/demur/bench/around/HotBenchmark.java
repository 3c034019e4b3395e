package io.demur.bench.around;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * How much later a reply comes because the gateway looks for what was refused before: whole
 * requests over a socket, to a gateway with durable log and store, without the encoder, one at a
 * time, each kind once in a round. The order in a round is drawn: what is done behind the reply to
 * one kind falls on each of the others as often.
 */
public final class HotBenchmark {

    private static final int PRINCIPALS = 100;
    private static final int EACH = 1_000;
    private static final int OLDEST = 100;
    private static final int WARMING = 300;
    private static final int ROUNDS = 700;
    private static final double MILLIS = 1e6;
    private static final long MEGABYTE = 1_000_000;
    private static final String NOBODY = "refused-nothing";
    private static final String CONCERNED = "principal-0";

    private final SplittableRandom random = new SplittableRandom(5);
    private final Clauses all = Clauses.all(random);
    private final Clauses refusedOnes = all.half(0);
    private final Clauses others = all.half(1);
    private final List<String> refused = new ArrayList<>();

    private HotBenchmark() {}

    /** What is asked. */
    private enum Ask {
        UNCONCERNED("nothing was refused to them"),
        ORDINARY("1,000 were; this is like none"),
        ALIKE("1,000 were; this is one of them"),
        DISK("a file of one block, with fdatasync");

        private final String words;

        Ask(String words) {
            this.words = words;
        }
    }

    /**
     * Prints the table.
     *
     * @param args a folder on the disk that is meant; otherwise that of temporary files
     */
    public static void main(String[] args) throws Exception {
        Path folder =
                args.length > 0
                        ? Files.createTempDirectory(Path.of(args[0]), "demur-hot")
                        : Files.createTempDirectory("demur-hot");
        try {
            new HotBenchmark().run(folder);
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private void run(Path folder) throws Exception {
        List<String> callers = new ArrayList<>(List.of(NOBODY));
        for (int i = 0; i < PRINCIPALS; i++) {
            callers.add("principal-" + i);
        }
        long before = used();
        try (HotGateway gateway = new HotGateway(folder, callers)) {
            long empty = used();
            fill(gateway);
            long full = used();
            Map<Ask, double[]> millis = measured(folder, gateway);
            System.out.printf(
                    Locale.ROOT,
                    "%,d requests of each kind in rounds, %,d refused of the one who asks, %,d in"
                        + " all; ms%n%n| who asks | p10 | p50 | p95 | p99 | p50 added | p10 added"
                        + " |%n|---|---|---|---|---|---|---|%n",
                    ROUNDS,
                    EACH,
                    PRINCIPALS * EACH);
            for (Ask ask : Ask.values()) {
                double[] sorted = sorted(millis, ask);
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %.2f | %.2f | %.2f | %.2f | %s |%n",
                        ask.words,
                        sorted[ROUNDS / 10],
                        sorted[ROUNDS / 2],
                        sorted[ROUNDS * 95 / 100],
                        sorted[ROUNDS * 99 / 100],
                        added(ask, millis));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%nheap: %d MB more with what was refused than without it (%d MB for the"
                            + " rest)%n",
                    (full - empty) / MEGABYTE,
                    (empty - before) / MEGABYTE);
        }
    }

    private static double[] of(Map<Ask, double[]> millis, Ask ask) {
        return Objects.requireNonNull(millis.get(ask));
    }

    private static double[] sorted(Map<Ask, double[]> millis, Ask ask) {
        double[] sorted = of(millis, ask).clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /**
     * The middle of the differences to the request of the same round; and how far the tenths lie
     * apart that were least disturbed, which counts on a machine that others use too.
     */
    private static String added(Ask ask, Map<Ask, double[]> millis) {
        if (ask == Ask.UNCONCERNED || ask == Ask.DISK) {
            return "| ";
        }
        double[] more = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            more[i] = of(millis, ask)[i] - of(millis, Ask.UNCONCERNED)[i];
        }
        Arrays.sort(more);
        return String.format(
                Locale.ROOT,
                "%.2f | %.2f",
                more[ROUNDS / 2],
                sorted(millis, ask)[ROUNDS / 10] - sorted(millis, Ask.UNCONCERNED)[ROUNDS / 10]);
    }

    /** A principal's own are in the store as well; of everybody else's the last one is. */
    private void fill(HotGateway gateway) throws Exception {
        for (int i = 0; i < PRINCIPALS; i++) {
            String caller = "principal-" + i;
            String pseudonym = gateway.pseudonym(caller);
            for (int j = 0; j < EACH; j++) {
                String text = refusedOnes.text();
                if (i == 0) {
                    refused.add(text);
                }
                gateway.filling.refused(
                        gateway.ids.next("att"),
                        pseudonym,
                        caller,
                        Instant.now(),
                        text,
                        i == 0 || j == EACH - 1);
            }
        }
    }

    private Map<Ask, double[]> measured(Path folder, HotGateway gateway) throws Exception {
        Map<Ask, double[]> millis = new EnumMap<>(Ask.class);
        for (Ask ask : Ask.values()) {
            millis.put(ask, new double[ROUNDS]);
        }
        List<Ask> round = new ArrayList<>(List.of(Ask.values()));
        Path file = folder.resolve("floor");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
                FileChannel floor =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = -WARMING; i < ROUNDS; i++) {
                Collections.shuffle(round, random);
                for (Ask ask : round) {
                    byte[] request = request(gateway, ask, i + WARMING);
                    long start = System.nanoTime();
                    if (ask == Ask.DISK) {
                        floor.write(ByteBuffer.wrap(new byte[4_096]));
                        floor.force(false);
                    } else {
                        socket.getOutputStream().write(request);
                        answered(in, ask);
                    }
                    if (i >= 0) {
                        of(millis, ask)[i] = (System.nanoTime() - start) / MILLIS;
                    }
                }
            }
        }
        return millis;
    }

    /**
     * The latest first, and not the oldest: whatever is refused meanwhile takes the place of these.
     */
    private String alike(int nr) {
        return refused.get(EACH - 1 - nr % (EACH - OLDEST));
    }

    private byte[] request(HotGateway gateway, Ask ask, int nr) {
        String text = ask == Ask.ALIKE ? alike(nr) : others.text();
        String body =
                "{\"model\": \"other\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
                        .formatted(text.replace("\\", "\\\\").replace("\"", "\\\""));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] head =
                """
                POST /v1/chat/completions HTTP/1.1\r
                host: x\r
                authorization: Bearer %s\r
                content-length: %d\r
                \r
                """
                        .formatted(
                                gateway.key(ask == Ask.UNCONCERNED ? NOBODY : CONCERNED),
                                bytes.length)
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, request, head.length, bytes.length);
        return request;
    }

    /** Reads one reply, and makes sure that it is what was to be measured. */
    private static void answered(InputStream in, Ask ask) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("the gateway has closed the connection: " + head);
            }
            head.append((char) c);
        }
        String lower = head.toString().toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length: ") + "content-length: ".length();
        byte[] body = in.readNBytes(Integer.parseInt(lower.substring(at, lower.indexOf('\r', at))));
        boolean found = lower.contains("x-demur-incident:");
        if (!lower.startsWith("http/1.1 200") || found != (ask == Ask.ALIKE)) {
            throw new IOException(
                    "%s: %s%s".formatted(ask, head, new String(body, StandardCharsets.UTF_8)));
        }
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
