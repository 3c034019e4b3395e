package io.demur.clients;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who listens to an answer of LangChain4j's to its end, or leaves at its first piece. */
final class Listening implements StreamingChatResponseHandler {

    private static final int SECONDS = 60;

    private final boolean leaves;
    private final AtomicInteger pieces = new AtomicInteger();
    private final CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    private final CompletableFuture<Boolean> left = new CompletableFuture<>();

    private Listening(boolean leaves) {
        this.leaves = leaves;
    }

    static Listening to(StreamingChatModel model, ChatRequest request) {
        Listening listening = new Listening(false);
        model.chat(request, listening);
        return listening;
    }

    /** Asks, and leaves when the answer begins. */
    static void leaving(StreamingChatModel model, ChatRequest request) throws Exception {
        Listening listening = new Listening(true);
        model.chat(request, listening);
        listening.left.get(SECONDS, TimeUnit.SECONDS);
    }

    ChatResponse response() throws Exception {
        return done.get(SECONDS, TimeUnit.SECONDS);
    }

    /** What went wrong; it fails where nothing did. */
    Throwable error() throws Exception {
        try {
            throw new AssertionError("this came to its end: " + response());
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
    }

    int pieces() {
        return pieces.get();
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        pieces.incrementAndGet();
        if (leaves) {
            context.streamingHandle().cancel();
            left.complete(true);
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        done.complete(response);
    }

    @Override
    public void onError(Throwable error) {
        done.completeExceptionally(error);
    }
}
