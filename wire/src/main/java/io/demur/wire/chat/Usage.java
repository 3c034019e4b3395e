package io.demur.wire.chat;

import java.util.Objects;

/**
 * The tokens of a call, as the server counted them.
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

    /** More than any server counts, and so little that sums of it stay exact everywhere. */
    private static final long MOST = 1L << 50;

    public Usage {
        input = counted(input);
        output = counted(output);
        cacheRead = counted(cacheRead);
        cacheWritten = counted(cacheWritten);
        reasoning = counted(reasoning);
        Objects.requireNonNull(times);
    }

    /** Servers say what they like. */
    private static long counted(long said) {
        return Math.clamp(said, 0, MOST);
    }

    /** Nothing was counted. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, Times.NONE);

    /** Durations in nanoseconds: Ollama reports them, and nobody else does; zero where unknown. */
    public record Times(long total, long load, long input, long output) {
        public static final Times NONE = new Times(0, 0, 0, 0);

        public Times {
            total = counted(total);
            load = counted(load);
            input = counted(input);
            output = counted(output);
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
