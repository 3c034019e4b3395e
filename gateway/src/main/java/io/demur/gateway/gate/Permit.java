package io.demur.gateway.gate;

import io.demur.core.policy.ModelClass;
import io.demur.wire.chat.Asked;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * That a model may be asked: by which attempt, what, a model of which class, until when. It holds
 * the very value that may be sent, so nothing else can be sent under it; each is taken once.
 *
 * <p>There is no way to make one but {@link Gate#permit}. Safe for use by several threads.
 */
public final class Permit {

    private final String attempt;
    private final String request;
    private final ModelClass model;
    private final Instant deadline;
    private final Deque<Asked> left;

    Permit(
            String attempt,
            String request,
            ModelClass model,
            Instant deadline,
            List<? extends Asked> asked) {
        this.attempt = attempt;
        this.request = request;
        this.model = model;
        this.deadline = deadline;
        this.left = new ArrayDeque<>(asked);
    }

    /** Id of the attempt. */
    public String attempt() {
        return attempt;
    }

    /** The log's commitment to the body that the caller sent, in hexadecimal. */
    public String request() {
        return request;
    }

    /** The class of the model that may be asked. */
    public ModelClass model() {
        return model;
    }

    /** Until when. */
    public Instant deadline() {
        return deadline;
    }

    /** Whether a model may be asked under it once more. */
    public synchronized boolean hasMore() {
        return !left.isEmpty();
    }

    /**
     * What is to be sent next, which is used up by this.
     *
     * @throws NotPermitted where nothing is left, or it is too late
     */
    public synchronized Asked take(Instant now) {
        if (!now.isBefore(deadline)) {
            throw new NotPermitted(
                    "the permit of `%s` was good until %s".formatted(attempt, deadline));
        }
        if (left.isEmpty()) {
            throw new NotPermitted("the permit of `%s` is used up".formatted(attempt));
        }
        return left.removeFirst();
    }
}
