package io.demur.cli;

import io.demur.core.JudgeId;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All judges of a run that may fail, and what the summary says of them. */
final class Watched {

    private final Map<JudgeId, Watch> watches = new LinkedHashMap<>();

    /** The watch over a judge: the same one for all that it is asked. */
    Watch over(JudgeId judge) {
        return watches.computeIfAbsent(judge, Watch::new);
    }

    /** What is to be said at the end of judges that could not judge. */
    List<String> complaints() {
        return watches.values().stream().map(Watch::complaint).flatMap(Optional::stream).toList();
    }

    /**
     * A summary in which {@code stages} has, for each judge that may fail, how often it was {@code
     * asked} and how often it was {@code unjudged}, beside what it decided.
     */
    Map<String, @Nullable Object> in(Map<String, @Nullable Object> summary) {
        Map<String, Object> stages = new LinkedHashMap<>();
        if (summary.get("stages") instanceof Map<?, ?> decided) {
            decided.forEach((name, share) -> stages.put(name.toString(), share));
        }
        for (Watch watch : watches.values()) {
            Map<String, Object> stage = new LinkedHashMap<>();
            stage.put("n", 0L);
            stage.put("rate", 0.0);
            if (stages.get(watch.name()) instanceof Map<?, ?> share) {
                share.forEach((field, value) -> stage.put(field.toString(), value));
            }
            stage.put("asked", watch.asked());
            stage.put("unjudged", watch.unjudged());
            stages.put(watch.name(), stage);
        }
        Map<String, @Nullable Object> out = new LinkedHashMap<>(summary);
        out.put("stages", stages);
        return out;
    }

    /** One line for the end of a summary in words; empty where there is no such judge. */
    String text() {
        return watches.isEmpty()
                ? ""
                : watches.values().stream()
                                .map(Watch::count)
                                .collect(Collectors.joining(" · ", "\nasked over HTTP      ", ""))
                        + "\n";
    }
}
