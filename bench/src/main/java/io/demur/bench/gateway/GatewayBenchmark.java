package io.demur.bench.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The gateway as users start it, with its log and its store on disk, beside nginx as a proxy that
 * does nothing else, and beside the model asked directly. Load, model and what is measured share
 * the machine's cores. Rounds alternate, since other programs use the machine as well.
 */
public final class GatewayBenchmark {

    private static final int ROUNDS = 3;
    private static final int SYNCS = 200;
    private static final int TURNS = 400;
    private static final int RESENDS = 30;
    private static final int PACED = 200;

    /** Requests until the JVM has compiled what it will; far fewer are not enough. */
    private static final int WARM = 60_000;

    private static final int WARM_FOR_STREAMS = 5_000;

    private static final long WARM_MILLIS = 4000;

    private final Path folder;
    private final Child load;
    private final Map<String, Gateways.Started> ways = new LinkedHashMap<>();
    private final int[] streams;

    private GatewayBenchmark(Path folder, Child load, int... streams) {
        this.folder = folder;
        this.load = load;
        this.streams = streams;
    }

    /** What one round of load came to; latencies in milliseconds. */
    private record Round(
            int done,
            int failed,
            int refused,
            double perSecond,
            double p50,
            double p99,
            double first50,
            double first99,
            double cpuMicros,
            double second,
            String wrong) {}

    /**
     * Runs it and prints its tables.
     *
     * @param arguments the repository's root; how long a round takes, in milliseconds, or 0 for
     *     slow streams alone; how many slow streams at a time, one number for each time; options
     *     for Demur's JVM
     */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        long millis = arguments.length > 1 ? Long.parseLong(arguments[1]) : 4000;
        int[] streams =
                arguments.length > 2
                        ? Arrays.stream(arguments[2].split(","))
                                .filter(it -> !it.isEmpty())
                                .mapToInt(Integer::parseInt)
                                .toArray()
                        : new int[] {1000, 5000};
        String options = arguments.length > 3 ? arguments[3] : "";
        Path folder = Files.createTempDirectory("demur-bench-gateway");
        try (Child model = Child.java(ModelStub.class);
                Child load =
                        Child.java(
                                Load.class, root.resolve("examples/requests.jsonl").toString())) {
            int port = Integer.parseInt(model.readLine());
            new GatewayBenchmark(folder, load, streams)
                    .run(new Gateways(root, folder, port), model, port, millis, options);
        } finally {
            delete(folder);
        }
    }

    private void run(Gateways gateways, Child model, int port, long millis, String options)
            throws Exception {
        starting(gateways, options);
        Optional<Gateways.Started> nginx = gateways.nginx();
        if (nginx.isEmpty()) {
            System.out.println("nginx is not installed: its rows are missing\n");
        }
        try (Gateways.Started demur = gateways.demur("data", true, options);
                Gateways.Started linear = gateways.demur("bare", false, options)) {
            ways.put("model alone", new Gateways.Started(model, port, "none", 0));
            nginx.ifPresent(it -> ways.put("nginx", it));
            ways.put("demur", demur);
            ways.put("demur, linear judges", linear);
            if (millis > 0) {
                load(millis);
                resent();
            }
        } finally {
            if (nginx.isPresent()) {
                nginx.get().close();
            }
        }
        for (String name : List.of("data", "bare")) {
            try (Gateways.Started demur = gateways.demur(name, name.equals("data"), options)) {
                warm(demur, WARM_MILLIS, WARM_FOR_STREAMS);
                slow(demur, name.equals("data") ? "demur" : "demur, linear judges");
            }
        }
    }

    /** How long it takes to listen, and the memory it has then. */
    private static void starting(Gateways gateways, String options) throws Exception {
        System.out.println("| start | ready, s | memory, MB |\n|---|---|---|");
        for (String name : List.of("data", "bare")) {
            for (String state : List.of("empty folder", "again")) {
                boolean encoder = name.equals("data");
                try (Gateways.Started demur = gateways.demur(name, encoder, options)) {
                    Thread.sleep(1500);
                    print(
                            "| %s, %s | %.2f | %d |",
                            encoder ? "with encoder" : "without encoder",
                            state,
                            demur.readySeconds(),
                            demur.child().megabytes());
                }
            }
        }
        System.out.println();
    }

    private void load(long millis) throws Exception {
        record Kind(String name, int connections, String what, int rate) {}
        List<Kind> kinds =
                List.of(
                        new Kind("ordinary, 10 connections, 200/s", 10, "ordinary", PACED),
                        new Kind("ordinary, 10 connections", 10, "ordinary", 0),
                        new Kind("ordinary, 64 connections", 64, "ordinary", 0),
                        new Kind("mix, 10 connections, 200/s", 10, "mix", PACED),
                        new Kind("mix, 64 connections", 64, "mix", 0),
                        new Kind("streams of 50 events, 10 connections, 200/s", 10, "stream", 200));
        for (Map.Entry<String, Gateways.Started> each : ways.entrySet()) {
            String way = each.getKey();
            if (way.startsWith("demur")) {
                warm(each.getValue(), millis, WARM);
            }
            for (int i = 0; i < 3; i++) {
                round(way, 10, millis, "stream", 0);
            }
        }
        List<Double> syncs = new ArrayList<>();
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            for (Kind kind : kinds) {
                syncs.add(sync());
                for (String way : ways.keySet()) {
                    rounds.computeIfAbsent(kind.name() + " | " + way, unused -> new ArrayList<>())
                            .add(round(way, kind.connections(), millis, kind.what(), kind.rate()));
                }
            }
        }
        double[] sorted = syncs.stream().mapToDouble(it -> it).sorted().toArray();
        print("fsync of 500 bytes, p50 between the rounds: %.2f ms", sorted[sorted.length / 2]);
        print(
                "\n"
                    + "| load | by way of | /s | p50, ms | p99, ms | first text p50 | p99 | refused"
                    + " | failed | its CPU, us each | encoder asked, per 100 |\n"
                    + "|---|---|---|---|---|---|---|---|---|---|---|");
        rounds.forEach(
                (name, all) -> {
                    Round mid = median(all);
                    print(
                            "| %s | %,.0f | %.2f | %.2f | %s | %s | %d | %d | %.0f | %.1f |",
                            name,
                            mid.perSecond(),
                            mid.p50(),
                            mid.p99(),
                            mid.first50() == 0 ? "" : "%.2f".formatted(mid.first50()),
                            mid.first99() == 0 ? "" : "%.2f".formatted(mid.first99()),
                            all.stream().mapToInt(Round::refused).sum(),
                            all.stream().mapToInt(Round::failed).sum(),
                            mid.cpuMicros(),
                            mid.second());
                });
        System.out.println();
    }

    /** The figures in the middle, each for itself. */
    private static Round median(List<Round> rounds) {
        return new Round(
                0,
                0,
                0,
                mid(rounds.stream().mapToDouble(Round::perSecond).toArray()),
                mid(rounds.stream().mapToDouble(Round::p50).toArray()),
                mid(rounds.stream().mapToDouble(Round::p99).toArray()),
                mid(rounds.stream().mapToDouble(Round::first50).toArray()),
                mid(rounds.stream().mapToDouble(Round::first99).toArray()),
                mid(rounds.stream().mapToDouble(Round::cpuMicros).toArray()),
                mid(rounds.stream().mapToDouble(Round::second).toArray()),
                "");
    }

    private static double mid(double[] figures) {
        Arrays.sort(figures);
        return figures[figures.length / 2];
    }

    private Round round(String way, int connections, long millis, String what, int rate)
            throws IOException {
        return round(Objects.requireNonNull(ways.get(way)), connections, millis, what, rate);
    }

    private Round round(Gateways.Started by, int connections, long millis, String what, int rate)
            throws IOException {
        long asked = by.asked();
        double before = by.child().seconds();
        Round round =
                ask("run %d %s %d %d %s %d", by.port(), by.key(), connections, millis, what, rate);
        double micros = (by.child().seconds() - before) * 1e6 / Math.max(1, round.done());
        return new Round(
                round.done(),
                round.failed(),
                round.refused(),
                round.perSecond(),
                round.p50(),
                round.p99(),
                round.first50(),
                round.first99(),
                micros,
                100.0 * (by.asked() - asked) / Math.max(1, round.done()),
                round.wrong());
    }

    private Round ask(String format, Object... arguments) throws IOException {
        String[] words = load.ask(format.formatted(arguments)).split(" ", -1);
        return new Round(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Double.parseDouble(words[3]),
                Double.parseDouble(words[4]),
                Double.parseDouble(words[5]),
                Double.parseDouble(words[6]),
                Double.parseDouble(words[7]),
                0,
                0,
                words[8]);
    }

    /** A long conversation that comes again and again. */
    private void resent() throws IOException {
        print("| 400 kB sent again with 1 kB more, by way of | p50, ms | p99, ms | failed |");
        print("|---|---|---|---|");
        for (int i = 0; i < 2; i++) {
            for (Map.Entry<String, Gateways.Started> way : ways.entrySet()) {
                Round round =
                        ask(
                                "grow %d %s %d %d",
                                way.getValue().port(), way.getValue().key(), TURNS, RESENDS);
                print(
                        "| %s%s | %.2f | %.2f | %d |",
                        way.getKey(),
                        i == 0 ? ", first" : "",
                        round.p50(),
                        round.p99(),
                        round.failed());
            }
        }
        System.out.println();
    }

    private void warm(Gateways.Started demur, long millis, int requests) throws Exception {
        int done = 0;
        while (done < requests) {
            done += Math.max(1, round(demur, 64, millis, "ordinary", 0).done());
        }
    }

    private void slow(Gateways.Started demur, String name) throws Exception {
        print(
                "| slow streams, %s | memory before, MB | at its most | failed | by status | first"
                        + " text p50, ms | p99 |\n"
                        + "|---|---|---|---|---|---|---|",
                name);
        for (int count : streams) {
            long before = demur.child().megabytes();
            boolean[] over = {false};
            long[] most = {before};
            Thread watch =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            while (!over[0]) {
                                                most[0] =
                                                        Math.max(
                                                                most[0], demur.child().megabytes());
                                                Thread.sleep(200);
                                            }
                                        } catch (IOException | InterruptedException e) {
                                            System.out.println(e);
                                        }
                                    });
            Round round = ask("slow %d %s %d", demur.port(), demur.key(), count);
            over[0] = true;
            watch.join();
            print(
                    "| %,d | %d | %d | %d | %s | %.1f | %.1f |",
                    count,
                    before,
                    most[0],
                    round.failed(),
                    round.wrong(),
                    round.first50(),
                    round.first99());
        }
        System.out.println();
    }

    private double sync() throws IOException {
        Path file = folder.resolve("sync");
        double[] millis = new double[SYNCS];
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            for (int i = 0; i < SYNCS; i++) {
                channel.write(ByteBuffer.allocate(500));
                long begun = System.nanoTime();
                channel.force(false);
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
        }
        return mid(millis);
    }

    private static void print(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
