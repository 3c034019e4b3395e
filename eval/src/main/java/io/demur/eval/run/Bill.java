package io.demur.eval.run;

import io.demur.core.Message;
import io.demur.core.Request;

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

    /** The fewest characters that tokens have on average in a text that is taken badly. */
    private static final int CHARACTERS_AT_LEAST = 2;

    /** Tokens that a server adds to a message. */
    private static final long AROUND = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private final Price price;
    private final OptionalDouble most;
    private Usage usage = Usage.NONE;
    private double reserved;
    private int open;

    /**
     * @param most what may be spent; nothing where there is no limit
     */
    public Bill(Price price, OptionalDouble most) {
        this.price = price;
        this.most = most;
    }

    /** What was used in all, of what a target has counted or else guessed. */
    public Usage usage() {
        lock.lock();
        try {
            return usage;
        } finally {
            lock.unlock();
        }
    }

    /** What that cost. */
    public double cost() {
        return price.of(usage());
    }

    /** What was paid for before this run went on. */
    void add(Usage before) {
        lock.lock();
        try {
            usage = usage.plus(before);
        } finally {
            lock.unlock();
        }
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
            while (most.isPresent() && price.of(usage) + reserved + cost > most.getAsDouble()) {
                if (open == 0 || price.of(usage) + cost > most.getAsDouble()) {
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

    /** The call is over. */
    void settle(Usage atMost, Usage used) {
        lock.lock();
        try {
            open--;
            reserved = open == 0 ? 0 : reserved - price.of(atMost);
            usage = usage.plus(used);
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The most that a call can use. */
    static Usage most(Request request, int tokensMax) {
        return new Usage(tokens(request, CHARACTERS_AT_LEAST), tokensMax);
    }

    /** What a call has probably used, where nobody counted. */
    static Usage guess(Request request, String answer) {
        return new Usage(
                tokens(request, CHARACTERS_PER_TOKEN), 1 + answer.length() / CHARACTERS_PER_TOKEN);
    }

    /** How many tokens a text probably has. */
    static long tokens(String text) {
        return AROUND + text.length() / CHARACTERS_PER_TOKEN;
    }

    private static long tokens(Request request, int charactersPerToken) {
        long tokens = 0;
        for (Message message : request.messages()) {
            tokens += AROUND + message.text().length() / charactersPerToken;
        }
        return tokens;
    }
}
