package io.demur.bench.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import java.nio.charset.StandardCharsets;

/**
 * A model's server that has its answer ready: at once, as a stream of fifty events at once, or,
 * where the model is {@code slow}, as a stream with an event every two seconds. A process of its
 * own; prints its port and ends with its standard input.
 */
public final class ModelStub {

    private static final int EVENTS = 50;

    /** More than it takes to open all of them, so that all are open at one time. */
    private static final int SLOW_EVENTS = 30;

    private static final long SLOW_MILLIS = 2000;

    private static final String TEXT =
            "The short way is to look at the list first and take what is oldest. Write down what"
                + " you find, since the order matters later on. Most people begin with the largest"
                + " one, which takes the longest, and find on the second day that half of it could"
                + " have waited. Keep the receipts in one envelope, mark it with the month, and go"
                + " through it again at the end. If something does not fit, ask whoever made it; a"
                + " short call saves an afternoon. After that the rest follows by itself, and the"
                + " whole takes less than an hour.";

    private static final Buffer MODELS =
            Buffer.buffer(
                    "{\"object\":\"list\",\"data\":[{\"id\":\"stub\",\"object\":\"model\"},"
                            + "{\"id\":\"slow\",\"object\":\"model\"}]}");
    private static final Buffer WHOLE =
            Buffer.buffer(
                    "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,"
                            + "\"model\":\"stub\",\"choices\":[{\"index\":0,\"message\":"
                            + "{\"role\":\"assistant\",\"content\":\""
                            + TEXT
                            + "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                            + "\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":120,"
                            + "\"total_tokens\":150}}");
    private static final Buffer BEGAN = event("\"role\":\"assistant\",\"content\":\"\"", "null");
    private static final Buffer[] PIECES = pieces();
    private static final Buffer ENDED =
            event("", "\"stop\"").copy().appendString("data: [DONE]\n\n");

    private ModelStub() {}

    private static Buffer[] pieces() {
        Buffer[] pieces = new Buffer[EVENTS];
        for (int i = 0; i < EVENTS; i++) {
            String text =
                    TEXT.substring(TEXT.length() * i / EVENTS, TEXT.length() * (i + 1) / EVENTS);
            pieces[i] = event("\"content\":\"" + text + "\"", "null");
        }
        return pieces;
    }

    private static Buffer event(String delta, String finish) {
        return Buffer.buffer(
                "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                        + "\"model\":\"stub\",\"choices\":[{\"index\":0,\"delta\":{"
                        + delta
                        + "},\"logprobs\":null,\"finish_reason\":"
                        + finish
                        + "}]}\n\n");
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        int port =
                vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                        .requestHandler(request -> serve(vertx, request))
                        .listen()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get()
                        .actualPort();
        System.out.println(port);
        while (System.in.read() >= 0) {
            // whoever started it is still there
        }
        System.exit(0);
    }

    private static void serve(Vertx vertx, HttpServerRequest request) {
        if (request.path().endsWith("/models")) {
            request.response().putHeader("content-type", "application/json").end(MODELS);
            return;
        }
        request.bodyHandler(body -> answer(vertx, body.getBytes(), request.response()));
    }

    private static void answer(Vertx vertx, byte[] body, HttpServerResponse response) {
        // both stand first or last, whoever wrote it
        String ends =
                new String(body, 0, Math.min(body.length, 100), StandardCharsets.UTF_8)
                        + new String(
                                body,
                                Math.max(0, body.length - 200),
                                Math.min(body.length, 200),
                                StandardCharsets.UTF_8);
        if (!ends.contains("\"stream\":true")) {
            response.putHeader("content-type", "application/json").end(WHOLE);
            return;
        }
        response.putHeader("content-type", "text/event-stream").setChunked(true);
        response.write(BEGAN);
        if (ends.contains("\"model\":\"slow\"")) {
            slow(vertx, response);
            return;
        }
        for (Buffer piece : PIECES) {
            response.write(piece);
        }
        response.end(ENDED);
    }

    private static void slow(Vertx vertx, HttpServerResponse response) {
        int[] at = {0};
        vertx.setPeriodic(
                SLOW_MILLIS,
                timer -> {
                    if (response.closed()) {
                        vertx.cancelTimer(timer);
                    } else if (at[0] == SLOW_EVENTS) {
                        vertx.cancelTimer(timer);
                        response.end(ENDED);
                    } else {
                        response.write(PIECES[at[0]++]);
                    }
                });
    }
}
