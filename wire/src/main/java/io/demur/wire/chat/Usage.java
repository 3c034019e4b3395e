package io.demur.wire.chat;

import java.util.Objects;

/**
 * The tokens of a call, as the server counted them. Servers say what they like: less than nothing
 * is nothing, and more than {@link #MOST} is that much.
 *
 * @param input all that the model was given, what came out of a cache included
 * @param output all that the model wrote, its reasoning included
 * @param cacheRead how many of the input's came out of a cache
 * @param cacheWritten how many of the input's were put into one
 * @param reasoning how many of the output's were reasoning, as far as the server says
 * @param times how long it took
 */
public record Usage(
        long input, long output, long cacheRead, long cacheWritten, long reasoning, Times times) {

    /** More than anybody reads or writes in one call, and safe to add up. */
    public static final long MOST = 1_000_000_000L;

    public Usage {
        input = count(input);
        output = count(output);
        cacheRead = count(cacheRead);
        cacheWritten = count(cacheWritten);
        reasoning = count(reasoning);
        Objects.requireNonNull(times);
    }

    /** A number of tokens, from what a server says. */
    public static long count(long said) {
        return Math.clamp(said, 0L, MOST);
    }

    /** Nothing was counted. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, Times.NONE);

    /** Durations in nanoseconds: Ollama reports them, and nobody else does; zero where unknown. */
    public record Times(long total, long load, long input, long output) {
        public static final Times NONE = new Times(0, 0, 0, 0);

        public Times {
            total = Math.max(0, total);
            load = Math.max(0, load);
            input = Math.max(0, input);
            output = Math.max(0, output);
        }
    }

    /** The same with these times, where the server has measured none. */
    public Usage timed(Times measured) {
        return times.equals(Times.NONE)
                ? new Usage(input, output, cacheRead, cacheWritten, reasoning, measured)
                : this;
    }

    public static Usage of(long input, long output) {
        return new Usage(input, output, 0, 0, 0, Times.NONE);
    }
}
