package io.demur.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What leaves by itself, and what does not leave any more. */
class SendingTest {

    private static final Buffer BODY = Buffer.buffer("{}");

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private HttpClient client;

    @BeforeEach
    void start() throws Exception {
        server =
                got(
                        vertx.createHttpServer()
                                .requestHandler(
                                        request -> {
                                            asked.incrementAndGet();
                                            request.response().end("answer");
                                        })
                                .listen(0, "127.0.0.1"));
        client = vertx.createHttpClient();
    }

    @AfterEach
    void stop() throws Exception {
        got(vertx.close());
    }

    private static <T> T got(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Future<HttpClientRequest> line() {
        return client.request(HttpMethod.POST, server.actualPort(), "127.0.0.1", "/");
    }

    @Test
    void leavesAsSoonAsThereIsAConnection() throws Exception {
        Sending sending = new Sending(line(), BODY);
        assertEquals(200, got(sending.answer()).head().statusCode());
        assertTrue(sending.connected().isComplete());
        assertEquals(1, asked.get());
    }

    @Test
    void isNotSentWhereItWasGivenUpBeforeThereWasAConnection() throws Exception {
        Promise<HttpClientRequest> connecting = Promise.promise();
        Sending sending = new Sending(connecting.future(), BODY);
        assertFalse(sending.giveUp());
        connecting.complete(got(line()));
        // a later one is answered, and the one before it has not come
        assertEquals(200, got(new Sending(line(), BODY).answer()).head().statusCode());
        assertEquals(1, asked.get());
        assertFalse(sending.connected().isComplete());
        assertFalse(sending.giveUp());
    }

    @Test
    void saysThatItWasOnItsWayWhereItIsGivenUpTooLate() throws Exception {
        Sending sending = new Sending(line(), BODY);
        got(sending.connected());
        assertTrue(sending.giveUp());
        assertFalse(sending.giveUp());
    }

    @Test
    void failsAsTheConnectionDoes() {
        IllegalStateException none = new IllegalStateException("none");
        Sending sending = new Sending(Future.failedFuture(none), BODY);
        assertEquals(none, sending.connected().cause());
        assertFalse(sending.giveUp());
    }
}
