package io.demur.gateway.running;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the text format that Prometheus reads, version 0.0.4. */
public final class PrometheusText {

    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** What a family of samples is. */
    public enum Kind {
        COUNTER("counter"),
        GAUGE("gauge"),
        HISTOGRAM("histogram");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    private final StringBuilder out = new StringBuilder(4096);

    /** Begins a family; its samples follow. */
    public void family(String name, Kind kind, String help) {
        out.append("# HELP ").append(name).append(' ').append(escaped(help)).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(kind.word).append('\n');
    }

    /**
     * One sample.
     *
     * @param labels names and values in turn
     */
    public void sample(String name, List<String> labels, String value) {
        out.append(name);
        for (int i = 0; i + 1 < labels.size(); i += 2) {
            out.append(i == 0 ? '{' : ',')
                    .append(labels.get(i))
                    .append("=\"")
                    .append(escaped(labels.get(i + 1)).replace("\"", "\\\""))
                    .append('"');
        }
        out.append(labels.isEmpty() ? " " : "} ").append(value).append('\n');
    }

    /** A family of one sample without labels. */
    public void single(String name, Kind kind, String help, long value) {
        family(name, kind, help);
        sample(name, List.of(), Long.toString(value));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    /** Microseconds as seconds. */
    static String millionths(long micros) {
        return plain(micros, 6);
    }

    private static String plain(long value, int scale) {
        BigDecimal decimal = BigDecimal.valueOf(value, scale);
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }

    public byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
