package io.demur.gateway.gate;

import io.demur.core.policy.ModelClass;
import io.demur.wire.chat.Asked;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * That a model may be asked: by which attempt, what, which model of which class, until when. It
 * holds the very value that was judged and may be sent, so nothing else can be sent under it; each
 * is taken once, and by the model alone that the attempt in the log names.
 *
 * <p>There is no way to make one but {@link Gate#permit}. Safe for use by several threads.
 */
public final class Permit {

    private final String attempt;
    private final String model;
    private final ModelClass as;
    private final Instant deadline;
    private final Deque<Asked> left;

    Permit(
            String attempt,
            String model,
            ModelClass as,
            Instant deadline,
            List<? extends Asked> asked) {
        this.attempt = attempt;
        this.model = model;
        this.as = as;
        this.deadline = deadline;
        this.left = new ArrayDeque<>(asked);
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
     * @param to the model that it is sent to, by the name that the installation has for it
     * @param of its class by the policy
     * @throws NotPermitted where nothing is left, it is too late, or another model is permitted
     */
    public synchronized Asked take(Instant now, String to, ModelClass of) {
        if (!to.equals(model) || of != as) {
            throw new NotPermitted(
                    "the permit of `%s` is for `%s` (%s), not for `%s` (%s)"
                            .formatted(attempt, model, as, to, of));
        }
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
