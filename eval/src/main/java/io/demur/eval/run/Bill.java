package io.demur.eval.run;

import io.demur.core.Message;
import io.demur.core.Request;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a run has cost, and how far it may go. Before a call as much is set aside as it can cost at
 * most, so that the limit holds whatever is under way. Safe for use by several threads.
 */
public final class Bill {

    /** Of English text; other scripts have fewer. What a target counts replaces the guess. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    /** Tokens that a server adds to a message. */
    private static final long AROUND = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private final Price price;
    private final OptionalDouble most;
    private Usage usage = Usage.NONE;
    private Usage lost = Usage.NONE;
    private double reserved;
    private int open;

    /**
     * @param most what may be spent; nothing where there is no limit
     */
    public Bill(Price price, OptionalDouble most) {
        this.price = price;
        this.most = most;
    }

    /** What the answers used in all, as the target counted it or else as it is guessed. */
    public Usage usage() {
        lock.lock();
        try {
            return usage;
        } finally {
            lock.unlock();
        }
    }

    /** The most that was used beside, by requests that brought no answer. */
    public Usage lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /** What both cost, at the most. */
    public double cost() {
        lock.lock();
        try {
            return spent();
        } finally {
            lock.unlock();
        }
    }

    /** What the requests cost at the most that brought no answer. */
    public double costOfLost() {
        return price.of(lost());
    }

    private double spent() {
        return price.of(usage.plus(lost));
    }

    /**
     * What was paid for before, as a run file tells it.
     *
     * @param begun trials that lack answers
     */
    public void add(Run run, List<Trial> begun) {
        run.trials().forEach(it -> add(run, it));
        begun.forEach(it -> add(run, it));
    }

    private void add(Run run, Trial trial) {
        Usage paid = Usage.NONE;
        for (int i = 0; i < trial.rounds().size(); i++) {
            Round round = trial.rounds().get(i);
            if (!round.free() && !run.plan().isReplayed()) {
                paid = paid.plus(paid(run, trial, i));
            }
        }
        lock.lock();
        try {
            usage = usage.plus(paid);
            lost = lost.plus(trial.lost());
        } finally {
            lock.unlock();
        }
    }

    private static Usage paid(Run run, Trial trial, int round) {
        Round answer = trial.rounds().get(round);
        return answer.usage()
                .or(
                        () ->
                                run.plan()
                                        .variant(trial.variant())
                                        .map(it -> trial.request(round, it))
                                        .map(it -> guess(it, answer.response().text())))
                .orElse(Usage.NONE);
    }

    /**
     * Sets aside what a call can cost. Where others that are under way might leave enough, it waits
     * for them.
     *
     * @return false where the limit does not allow it
     */
    boolean reserve(Usage atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            double cost = price.of(atMost);
            while (most.isPresent() && spent() + reserved + cost > most.getAsDouble()) {
                if (open == 0 || spent() + cost > most.getAsDouble()) {
                    return false;
                }
                settled.await();
            }
            reserved += cost;
            open++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The call is over.
     *
     * @param atMost what was set aside
     * @param used what the answer took
     * @param unanswered what it may have taken where none came
     */
    void settle(Usage atMost, Usage used, Usage unanswered) {
        lock.lock();
        try {
            open--;
            reserved = open == 0 ? 0 : reserved - price.of(atMost);
            usage = usage.plus(used);
            lost = lost.plus(unanswered);
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The most that a call can use: no token stands for less than a byte. */
    static Usage most(Request request, int tokensMax) {
        long bytes = 0;
        for (Message message : request.messages()) {
            bytes += AROUND + message.text().getBytes(StandardCharsets.UTF_8).length;
        }
        return new Usage(bytes, tokensMax);
    }

    /** What a call has probably used, where nobody counted. */
    static Usage guess(Request request, String answer) {
        long asked = request.messages().stream().mapToLong(it -> tokens(it.text())).sum();
        return new Usage(asked, 1 + answer.length() / CHARACTERS_PER_TOKEN);
    }

    /** How many tokens a text probably has. */
    public static long tokens(String text) {
        return AROUND + text.length() / CHARACTERS_PER_TOKEN;
    }
}
