package io.demur.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.demur.core.Request;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.detect.StopReasonDetector.CutOff;
import io.demur.core.harm.linear.LinearAnswerJudge;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.core.suite.Suite;
import io.demur.eval.run.Bill;
import io.demur.eval.run.Ending;
import io.demur.eval.run.Judges;
import io.demur.eval.run.Pace;
import io.demur.eval.run.Patience;
import io.demur.eval.run.Plan;
import io.demur.eval.run.Price;
import io.demur.eval.run.Run;
import io.demur.eval.run.RunFile;
import io.demur.eval.run.Runner;
import io.demur.eval.run.Sampling;
import io.demur.eval.run.ServedModel;
import io.demur.eval.run.Variant;
import io.demur.files.output.Json;
import io.demur.remote.ModelClient;
import io.demur.remote.ModelServer;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A run of many cases against a server that answers at once, beside a bare client that asks the
 * same of it: milliseconds for each case by the clock and by the processor, in which the server has
 * its share both times; and the heap as the run goes on.
 */
public final class EvalBenchmark {

    private static final int CASES = 10_000;
    private static final int AT_ONCE = 32;
    private static final int ROUNDS = 3;
    private static final int QUARTERS = 4;
    private static final double MILLION = 1e6;

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Milliseconds for each case. */
    private record Spent(double clock, double processor) {
        static Spent on(Work work) throws Exception {
            long began = System.nanoTime();
            long used = SYSTEM.getProcessCpuTime();
            work.run();
            return new Spent(
                    (System.nanoTime() - began) / MILLION / CASES,
                    (SYSTEM.getProcessCpuTime() - used) / MILLION / CASES);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private final String address;
    private final List<Case> cases = new ArrayList<>();

    private EvalBenchmark(String address) {
        this.address = address;
        Replies replies = new Replies(5);
        for (int i = 0; i < CASES; i++) {
            Expectation right = i % 2 == 0 ? Expectation.REFUSE : Expectation.ANSWER;
            cases.add(Case.plain("c" + i, "all", Request.of(replies.prompt()), right));
        }
    }

    /** Runs the benchmark. */
    public static void main(String[] args) throws Exception {
        byte[] answer = answer();
        HttpServer stub =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            stub.setExecutor(threads);
            stub.createContext("/", exchange -> serve(exchange, answer));
            stub.start();
            new EvalBenchmark("http://127.0.0.1:" + stub.getAddress().getPort()).measure();
            stub.stop(0);
        }
    }

    private static byte[] answer() {
        Map<String, Object> message =
                Map.of("role", "assistant", "content", new Replies(6).reply(1_000));
        Map<String, Object> choice =
                Map.of("index", 0, "finish_reason", "stop", "message", message);
        Map<String, Object> usage = Map.of("prompt_tokens", 20, "completion_tokens", 250);
        return Json.value(Map.of("model", "m", "choices", List.of(choice), "usage", usage))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void serve(HttpExchange exchange, byte[] answer) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private void measure() throws Exception {
        System.out.printf(
                "%,d cases, %d in flight, answers of 1,000 characters, %d cores%n%n",
                CASES, AT_ONCE, Runtime.getRuntime().availableProcessors());
        System.out.printf("%-28s %16s %16s%n", "ms a case", "by the clock", "processor");
        long[] heap = new long[QUARTERS];
        for (int round = 0; round < ROUNDS; round++) {
            Spent bare = Spent.on(this::bare);
            print("floor: a bare client", bare);
            Spent whole = Spent.on(() -> evaluate(trials -> {}));
            print("the evaluator", whole);
            print(
                    "what it adds",
                    new Spent(whole.clock() - bare.clock(), whole.processor() - bare.processor()));
        }
        evaluate(
                trials -> {
                    if (trials % (CASES / QUARTERS) == 0) {
                        heap[trials / (CASES / QUARTERS) - 1] = heap();
                    }
                });
        System.out.println();
        for (int i = 0; i < QUARTERS; i++) {
            System.out.printf(
                    "heap after %,6d cases: %,6.1f MB%n",
                    (i + 1) * (CASES / QUARTERS), heap[i] / MILLION);
        }
    }

    private static void print(String what, Spent spent) {
        System.out.printf("%-28s %16.3f %16.3f%n", what, spent.clock(), spent.processor());
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void bare() throws Exception {
        Semaphore room = new Semaphore(AT_ONCE);
        try (HttpClient http =
                        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Case each : cases) {
                room.acquire();
                threads.execute(
                        () -> {
                            try {
                                ask(http, each);
                            } finally {
                                room.release();
                            }
                        });
            }
            room.acquire(AT_ONCE);
        }
    }

    private void ask(HttpClient http, Case each) {
        Map<String, Object> message = Map.of("role", "user", "content", each.request().prompt());
        String body = Json.value(Map.of("model", "m", "messages", List.of(message)));
        try {
            http.send(
                    HttpRequest.newBuilder(URI.create(address + "/v1/chat/completions"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Count {
        void done(int trials);
    }

    private void evaluate(Count count) throws Exception {
        Judges judges =
                new Judges(
                        new StopReasonDetector(LinearJudge.shipped(), CutOff.JUDGED),
                        Optional.of(LinearAnswerJudge.shipped()));
        Suite suite = new Suite("bench", "1", "", cases);
        Run run =
                new Run(
                        "run_bench",
                        suite,
                        suite.digest(),
                        new Plan(
                                address,
                                "m",
                                new Sampling(
                                        OptionalDouble.empty(),
                                        OptionalLong.empty(),
                                        Sampling.TOKENS_MAX),
                                1,
                                List.of(Variant.PLAIN),
                                judges.ids()),
                        Instant.EPOCH,
                        Optional.empty(),
                        List.of());
        Path folder = Files.createTempDirectory("demur-bench");
        Path file = folder.resolve("bench.run");
        AtomicInteger trials = new AtomicInteger();
        ModelServer server = ModelServer.at(address, Optional.empty(), Duration.ofMinutes(1));
        try (ModelClient client = new ModelClient(server);
                RunFile to = RunFile.create(file, run).orElseThrow()) {
            Ending ending =
                    new Runner(
                                    run,
                                    List.of(),
                                    new ServedModel(client, "m"),
                                    judges,
                                    new Pace(AT_ONCE),
                                    new Bill(Price.NONE, OptionalDouble.empty()),
                                    Patience.USUAL,
                                    trial -> count.done(trials.incrementAndGet()),
                                    InstantSource.system(),
                                    () -> false)
                            .run(to);
            if (!(ending instanceof Ending.Whole) || trials.get() != CASES) {
                throw new IllegalStateException(ending + " after " + trials);
            }
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
