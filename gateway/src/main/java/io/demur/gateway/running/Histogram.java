package io.demur.gateway.running;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How long things took, in buckets. Safe for use by several threads. */
final class Histogram {

    /** Where buckets of whole exchanges end, in microseconds. */
    static final List<Long> WHOLE =
            List.of(
                    1_000L,
                    2_000L,
                    5_000L,
                    10_000L,
                    25_000L,
                    50_000L,
                    100_000L,
                    250_000L,
                    500_000L,
                    1_000_000L,
                    2_500_000L,
                    5_000_000L,
                    10_000_000L,
                    30_000_000L,
                    60_000_000L,
                    300_000_000L);

    /** The same of what the gateway takes of them, which is mostly a millisecond or a few. */
    static final List<Long> ADDED =
            List.of(
                    250L,
                    500L,
                    1_000L,
                    2_000L,
                    3_000L,
                    5_000L,
                    10_000L,
                    25_000L,
                    50_000L,
                    100_000L,
                    250_000L,
                    1_000_000L,
                    10_000_000L);

    private final List<Long> ends;
    private final List<LongAdder> counts;
    private final LongAdder micros = new LongAdder();

    /**
     * An empty one.
     *
     * @param ends where buckets end, in microseconds, the shortest first
     */
    Histogram(List<Long> ends) {
        this.ends = ends;
        counts = Stream.generate(LongAdder::new).limit(ends.size() + 1L).toList();
    }

    void add(Duration took) {
        int bucket = 0;
        while (bucket < ends.size() && took.toNanos() > ends.get(bucket) * 1_000) {
            bucket++;
        }
        counts.get(bucket).increment();
        micros.add(took.toNanos() / 1_000);
    }

    /** Writes it as Prometheus reads it: each bucket holds those before it as well. */
    void write(PrometheusText text, String name, List<String> labels) {
        long sum = 0;
        for (int i = 0; i < counts.size(); i++) {
            sum += counts.get(i).sum();
            List<String> with = new ArrayList<>(labels);
            with.add("le");
            with.add(i < ends.size() ? PrometheusText.millionths(ends.get(i)) : "+Inf");
            text.sample(name + "_bucket", with, Long.toString(sum));
        }
        text.sample(name + "_sum", labels, PrometheusText.millionths(micros.sum()));
        text.sample(name + "_count", labels, Long.toString(sum));
    }
}
