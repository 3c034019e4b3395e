package io.demur.gateway.hold;

import io.demur.core.policy.Grounds;
import io.demur.record.keys.Pseudonyms;
import io.demur.store.HeldRequest;
import io.demur.store.HeldRequests;
import io.demur.store.StoreFailed;
import io.demur.wire.MalformedJson;
import io.demur.wire.SortedJson;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The requests that wait for a person, as exchanges ask for them: on threads of its own, because
 * databases know no virtual ones. Safe for use by several threads.
 */
public final class Waitlist {

    private final HeldRequests held;
    private final Pseudonyms key;
    private final Executor executor;
    private final CarriedHolds carried;

    /**
     * Those of a store.
     *
     * @param key under which requests are hashed; under another one none is known again
     * @param executor of platform threads
     */
    public Waitlist(HeldRequests held, Pseudonyms key, Executor executor) {
        this.held = held;
        this.key = key;
        this.executor = executor;
        carried = new CarriedHolds(() -> done(() -> held.principals(Grounds.RESENT)));
    }

    /**
     * A request, by what makes it the same when it comes again.
     *
     * @param principal whose it is, as a pseudonym
     * @param protocol in which it was asked
     * @param body as it came
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Question(
            String attempt, String principal, String protocol, String model, byte[] body) {}

    /**
     * Why it is held.
     *
     * @param expires until when a person may decide
     */
    public record Why(
            Optional<String> project,
            List<String> rules,
            Optional<String> hazard,
            Instant at,
            Instant expires) {
        public Why {
            rules = List.copyOf(rules);
        }
    }

    /**
     * Whether something of a principal is held only because another request was refused. What other
     * processes hold is seen some seconds later.
     *
     * @param now when that is asked
     */
    public CompletableFuture<Boolean> carries(String principal, Instant now) {
        return carried.principals(now).thenApply(it -> it.contains(principal));
    }

    /** What became of the same request when it was held the last time. */
    public CompletableFuture<Optional<HeldRequest>> same(Question question) {
        return done(() -> held.same(question.principal(), digest(question)));
    }

    /**
     * Has a request wait.
     *
     * @return completed, once it does, with whether there was room for it
     */
    public CompletableFuture<Boolean> open(Question question, Why why) {
        return done(
                () -> {
                    boolean room = held.open(waiting(question, why));
                    if (isCarried(why.rules())) {
                        carried.more();
                    }
                    return room;
                });
    }

    private HeldRequest waiting(Question question, Why why) throws MalformedJson {
        return new HeldRequest(
                question.attempt(),
                question.principal(),
                why.project(),
                question.model(),
                question.protocol(),
                digest(question),
                why.rules(),
                why.hazard(),
                why.at(),
                why.expires(),
                HeldRequest.State.WAITING,
                Optional.empty(),
                Optional.empty());
    }

    /** Whether it is held only because another request was refused. */
    public static boolean isCarried(List<String> rules) {
        return !rules.isEmpty() && rules.getFirst().startsWith(Grounds.RESENT);
    }

    /**
     * Makes use of a release.
     *
     * @param by the attempt that does, which is the only one
     */
    public CompletableFuture<Boolean> use(HeldRequest released, String by) {
        return done(() -> held.use(released.attempt(), by));
    }

    /** One of them, where it is this principal's. */
    public CompletableFuture<Optional<HeldRequest>> find(String attempt, String principal) {
        return done(() -> held.find(attempt).filter(it -> it.principal().equals(principal)));
    }

    private interface Work<T> {
        T in() throws StoreFailed, MalformedJson;
    }

    private <T> CompletableFuture<T> done(Work<T> work) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return work.in();
                        } catch (StoreFailed | MalformedJson e) {
                            throw new CompletionException(e);
                        }
                    },
                    executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Keyed, because a hash alone would tell whoever guesses the words that they are right. */
    private String digest(Question question) throws MalformedJson {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] protocol = question.protocol().getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, protocol.length));
            sha.update(protocol);
            sha.update(SortedJson.of(question.body()));
            byte[] use = "demur held request".getBytes(StandardCharsets.UTF_8);
            byte[] hash = sha.digest();
            return key.of(ByteBuffer.allocate(use.length + hash.length).put(use).put(hash).array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
