package io.demur.bench.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Puts load on a port, in a process of its own, on one thread. Reads what to do from its standard
 * input, a line each, and writes a line of figures for each:
 *
 * <ul>
 *   <li>{@code run PORT KEY CONNECTIONS MILLIS WHAT RATE}: {@code ordinary}, {@code mix} or {@code
 *       stream}, each connection as fast as it goes (rate 0) or all together at a rate
 *   <li>{@code slow PORT KEY COUNT}: so many slow streams at a time
 *   <li>{@code grow PORT KEY TURNS ROUNDS}: a conversation that is sent again and again, with a
 *       turn more each time
 * </ul>
 */
public final class Load {

    /** In twenty milliseconds. Twice as many left these two cores too little for the streams. */
    private static final int OPENED_AT_A_TIME = 3;

    private static final long OPENING_MILLIS = 20;

    private final Vertx vertx;
    private final NetClient client;
    private final Asking asking;

    private Load(Vertx vertx, Asking asking) {
        this.vertx = vertx;
        this.asking = asking;
        client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    }

    /** What comes of a load; read and written on the event loop. */
    private static final class Figures {
        private long[] nanos = new long[1 << 12];
        private long[] firsts = new long[1 << 12];
        private int count;
        private int failed;
        private int refused;

        /** How often which status other than 200 came; 0 where the connection broke. */
        private final Map<Integer, Integer> wrong = new TreeMap<>();

        void add(Line.Reply reply) {
            if (reply.status() != 200) {
                failed++;
                wrong.merge(reply.status(), 1, Integer::sum);
                return;
            }
            if (reply.refused()) {
                refused++;
            }
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
                firsts = Arrays.copyOf(firsts, 2 * count);
            }
            nanos[count] = reply.nanos();
            firsts[count++] = reply.firstNanos();
        }

        String line(double seconds) {
            long[] all = Arrays.copyOf(nanos, count);
            long[] first = Arrays.copyOf(firsts, count);
            Arrays.sort(all);
            Arrays.sort(first);
            return String.format(
                    Locale.ROOT,
                    "%d %d %d %.1f %.3f %.3f %.3f %.3f %s",
                    count,
                    failed,
                    refused,
                    count / seconds,
                    at(all, 0.5),
                    at(all, 0.99),
                    at(first, 0.5),
                    at(first, 0.99),
                    wrong.entrySet().stream()
                            .map(it -> it.getKey() + ":" + it.getValue())
                            .collect(Collectors.joining(",")));
        }

        private static double at(long[] sorted, double share) {
            return sorted.length == 0 ? 0 : sorted[(int) (sorted.length * share)] / 1e6;
        }
    }

    /**
     * Runs it.
     *
     * @param arguments the file of delicate requests
     */
    public static void main(String[] arguments) throws Exception {
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        Load load = new Load(vertx, new Asking(Path.of(arguments[0])));
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            CompletableFuture<String> figures = new CompletableFuture<>();
            vertx.runOnContext(unused -> load.begin(words, figures));
            System.out.println(figures.get());
        }
        System.exit(0);
    }

    private void begin(String[] words, CompletableFuture<String> figures) {
        int port = Integer.parseInt(words[1]);
        String key = words[2];
        int number = Integer.parseInt(words[3]);
        switch (words[0]) {
            case "run" -> {
                Supplier<String> bodies =
                        switch (words[5]) {
                            case "mix" -> asking::mixed;
                            case "stream" -> () -> asking.ordinary(true);
                            default -> () -> asking.ordinary(false);
                        };
                int rate = Integer.parseInt(words[6]);
                long millis = Long.parseLong(words[4]);
                var unused =
                        run(port, key, number, millis, rate, bodies).thenAccept(figures::complete);
            }
            case "slow" -> {
                var unused = slow(port, key, number).thenAccept(figures::complete);
            }
            default -> {
                var unused =
                        grow(port, key, number, Integer.parseInt(words[4]))
                                .thenAccept(figures::complete);
            }
        }
    }

    private void connect(int port, Consumer<Line> with, Runnable without) {
        client.connect(port, "127.0.0.1")
                .onSuccess(socket -> with.accept(new Line(socket)))
                .onFailure(failure -> without.run());
    }

    private CompletableFuture<String> run(
            int port, String key, int lines, long millis, int rate, Supplier<String> bodies) {
        CompletableFuture<String> done = new CompletableFuture<>();
        Figures figures = new Figures();
        long begun = System.nanoTime();
        long end = begun + millis * 1_000_000;
        int[] left = {lines};
        Runnable over =
                () -> {
                    if (--left[0] == 0) {
                        done.complete(figures.line((System.nanoTime() - begun) / 1e9));
                    }
                };
        long apart = rate == 0 ? 0 : lines * 1_000_000_000L / rate;
        for (int i = 0; i < lines; i++) {
            long due = begun + i * apart / lines;
            connect(
                    port,
                    line -> next(line, port, key, due, apart, end, bodies, figures, over),
                    () -> {
                        figures.failed++;
                        over.run();
                    });
        }
        return done;
    }

    private void next(
            Line line,
            int port,
            String key,
            long due,
            long apart,
            long end,
            Supplier<String> bodies,
            Figures figures,
            Runnable over) {
        long now = System.nanoTime();
        if (now >= end) {
            line.close();
            over.run();
            return;
        }
        if (apart > 0 && due - now > 1_000_000) {
            vertx.setTimer(
                    (due - now) / 1_000_000,
                    timer -> next(line, port, key, due, apart, end, bodies, figures, over));
            return;
        }
        line.ask(
                Asking.request(port, key, bodies.get()),
                reply -> {
                    figures.add(reply);
                    if (reply.status() == 0) {
                        over.run();
                        return;
                    }
                    long later = due + apart;
                    next(line, port, key, later, apart, end, bodies, figures, over);
                });
    }

    private CompletableFuture<String> slow(int port, String key, int count) {
        CompletableFuture<String> done = new CompletableFuture<>();
        Figures figures = new Figures();
        long begun = System.nanoTime();
        int[] left = {count};
        int[] open = {0};
        vertx.setPeriodic(
                OPENING_MILLIS,
                timer -> {
                    for (int i = 0; i < OPENED_AT_A_TIME && open[0] < count; i++, open[0]++) {
                        one(port, key, figures, left, begun, done);
                    }
                    if (open[0] == count) {
                        vertx.cancelTimer(timer);
                    }
                });
        return done;
    }

    private void one(
            int port,
            String key,
            Figures figures,
            int[] left,
            long begun,
            CompletableFuture<String> done) {
        Runnable over =
                () -> {
                    if (--left[0] == 0) {
                        done.complete(figures.line((System.nanoTime() - begun) / 1e9));
                    }
                };
        connect(
                port,
                line ->
                        line.ask(
                                Asking.request(port, key, asking.slow()),
                                reply -> {
                                    figures.add(reply);
                                    line.close();
                                    over.run();
                                }),
                () -> {
                    figures.failed++;
                    over.run();
                });
    }

    /** The first time is not counted: there all is new. */
    private CompletableFuture<String> grow(int port, String key, int turns, int rounds) {
        CompletableFuture<String> done = new CompletableFuture<>();
        List<String> bodies = new ArrayList<>();
        StringBuilder conversation = new StringBuilder(asking.opening());
        for (int i = 0; i < turns + rounds; i++) {
            conversation.append(asking.turns());
            if (i >= turns - 1) {
                bodies.add(Asking.conversation(conversation));
            }
        }
        Figures figures = new Figures();
        long begun = System.nanoTime();
        connect(
                port,
                line -> grown(line, port, key, bodies, 0, figures, begun, done),
                () -> done.complete(figures.line(1)));
        return done;
    }

    private void grown(
            Line line,
            int port,
            String key,
            List<String> bodies,
            int at,
            Figures figures,
            long begun,
            CompletableFuture<String> done) {
        if (at == bodies.size()) {
            line.close();
            done.complete(figures.line((System.nanoTime() - begun) / 1e9));
            return;
        }
        line.ask(
                Asking.request(port, key, bodies.get(at)),
                reply -> {
                    if (at > 0 || reply.status() != 200) {
                        figures.add(reply);
                    }
                    vertx.runOnContext(
                            unused -> grown(line, port, key, bodies, at + 1, figures, begun, done));
                });
    }
}
