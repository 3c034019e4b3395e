package io.demur.gateway.running;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How long things took, in buckets. Safe for use by several threads. */
final class Histogram {

    /** Where buckets end, in milliseconds. */
    private static final List<Long> ENDS =
            List.of(
                    1L, 2L, 5L, 10L, 25L, 50L, 100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L,
                    30_000L, 60_000L, 300_000L);

    private final List<LongAdder> counts =
            Stream.generate(LongAdder::new).limit(ENDS.size() + 1L).toList();
    private final LongAdder micros = new LongAdder();

    void add(Duration took) {
        int bucket = 0;
        while (bucket < ENDS.size() && took.toNanos() > ENDS.get(bucket) * 1_000_000) {
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
            with.add(i < ENDS.size() ? PrometheusText.thousandths(ENDS.get(i)) : "+Inf");
            text.sample(name + "_bucket", with, Long.toString(sum));
        }
        text.sample(name + "_sum", labels, PrometheusText.millionths(micros.sum()));
        text.sample(name + "_count", labels, Long.toString(sum));
    }
}
