package io.demur.remote;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Writes a body to a file as it comes, and breaks off one that is larger than it may be. What it
 * gives is the SHA-256 of the whole, in hexadecimal.
 */
final class CappedFile implements BodySubscriber<String> {

    private final long bytesMax;
    private final FileChannel file;
    private final MessageDigest sha;
    private final CompletableFuture<String> whole = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long bytes;

    /**
     * @param path is written from its beginning
     */
    CappedFile(Path path, long bytesMax) throws IOException {
        this.bytesMax = bytesMax;
        this.file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        try {
            this.sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public CompletionStage<String> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        if (whole.isDone()) {
            return;
        }
        try {
            for (ByteBuffer piece : pieces) {
                bytes += piece.remaining();
                if (bytes > bytesMax) {
                    throw new IOException("more than %,d bytes".formatted(bytesMax));
                }
                sha.update(piece.duplicate());
                while (piece.hasRemaining()) {
                    file.write(piece);
                }
            }
            Objects.requireNonNull(subscription).request(1);
        } catch (IOException e) {
            Objects.requireNonNull(subscription).cancel();
            onError(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        close();
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        close();
        whole.complete(HexFormat.of().formatHex(sha.digest()));
    }

    private void close() {
        try {
            file.close();
        } catch (IOException e) {
            // what is missing of the file shows in its sum
            whole.completeExceptionally(e);
        }
    }
}
