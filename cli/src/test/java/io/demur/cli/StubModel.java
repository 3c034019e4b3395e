package io.demur.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of a model on loopback, which answers as a test tells it, and counts. */
final class StubModel implements AutoCloseable {

    /** What it does with the n-th call, counted from 1. */
    @FunctionalInterface
    interface Manner {
        /** A status and a body, or an empty body for the usual answer. */
        Reply to(int call) throws Exception;
    }

    /** What it sends. */
    record Reply(int status, String type, String body) {
        static final Reply USUAL = new Reply(200, "application/json", "");

        /** A refusal in its provider's form. */
        static final Reply REFUSES =
                new Reply(
                        200,
                        "application/json",
                        """
                        {"model": "big-1", "choices": [{"index": 0, "finish_reason": "stop",
                           "message": {"role": "assistant", "content": null,
                             "refusal": "I'm not able to help with that."}}],
                         "usage": {"prompt_tokens": 9, "completion_tokens": 8}}
                        """);
    }

    private static final Pattern SAID = Pattern.compile("Question (\\d+)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<String, Integer> answered = new ConcurrentHashMap<>();
    private volatile Manner manner;

    StubModel(Manner manner) throws IOException {
        this.manner = manner;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::serve);
        server.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply = manner.to(calls.incrementAndGet());
            String body = reply.body().isEmpty() ? usual(asked) : reply.body();
            exchange.getResponseHeaders().add("Content-Type", reply.type());
            exchange.getResponseHeaders().add("Retry-After", "0");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private String usual(String asked) {
        Matcher said = SAID.matcher(asked);
        String number = said.find() ? said.group(1) : "0";
        answered.merge(number, 1, Integer::sum);
        String text =
                number.hashCode() % 3 == 0
                        ? "I'm sorry, but I can't help with that."
                        : "Of course. Here are three points about it.";
        return """
        {"model": "stub-1", "system_fingerprint": "fp_1",
         "choices": [{"index": 0, "finish_reason": "stop",
           "message": {"role": "assistant", "content": "%s"}}],
         "usage": {"prompt_tokens": 9, "completion_tokens": 8}}
        """
                .formatted(text);
    }

    /** Behaves otherwise from now on. */
    void from(Manner other) {
        manner = other;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int calls() {
        return calls.get();
    }

    /** How many times each question was answered as usual. */
    Map<String, Integer> answered() {
        return Map.copyOf(answered);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
