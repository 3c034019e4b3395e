package io.demur.eval;

import java.util.LinkedHashMap;
import java.util.Map;

/** How much each judge of a cascade decided: counts by the judges' names, as files and text. */
final class Stages {

    private Stages() {}

    /** For each judge {@code n}, and {@code rate}: its share of all that was decided, 0 to 1. */
    static Map<String, Object> fields(Map<String, Long> stages) {
        Map<String, Object> out = new LinkedHashMap<>();
        stages.forEach((name, count) -> out.put(name, share(count, sum(stages))));
        return out;
    }

    /** Such as {@code harm 90.0 % · guard 10.0 %}. */
    static String text(Map<String, Long> stages) {
        StringBuilder text = new StringBuilder();
        stages.forEach(
                (name, count) ->
                        text.append(text.isEmpty() ? "" : " · ")
                                .append(
                                        SummaryText.format(
                                                "%s %.1f %%",
                                                PlainText.of(name), 100.0 * count / sum(stages))));
        return text.toString();
    }

    /** In a fixed order, so that the same input gives the same bytes. */
    private static Map<String, Object> share(long count, long decided) {
        Map<String, Object> share = new LinkedHashMap<>();
        share.put("n", count);
        share.put("rate", (double) count / decided);
        return share;
    }

    private static long sum(Map<String, Long> stages) {
        return stages.values().stream().mapToLong(Long::longValue).sum();
    }
}
