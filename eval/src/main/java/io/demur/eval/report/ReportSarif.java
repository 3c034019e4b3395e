package io.demur.eval.report;

import io.demur.core.suite.Case;
import io.demur.eval.Word;
import io.demur.eval.report.WentWrong.Weight;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;
import io.demur.files.output.Json;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cases that went wrong as SARIF 2.1.0 (OASIS 2020), which code hosts and editors show: a rule
 * for each way to go wrong, and a result for each case and rule, however often it was asked. What
 * was asked and answered is not in it.
 */
final class ReportSarif {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                    + "sarif-schema-2.1.0.json";

    /** Results that are one: the same case under one system prompt, wrong in one way. */
    private record Key(WentWrong wrong, String variant, Case of) {}

    private ReportSarif() {}

    static String of(RunReport report) {
        Run run = report.run();
        Map<Key, Integer> found = new LinkedHashMap<>();
        List<Set<WentWrong>> wrong = WentWrong.of(run.trials());
        for (int i = 0; i < wrong.size(); i++) {
            Trial trial = run.trials().get(i);
            wrong.get(i)
                    .forEach(
                            each ->
                                    found.merge(
                                            new Key(each, trial.variant(), trial.of()),
                                            1,
                                            Integer::sum));
        }
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "demur");
        driver.put("rules", Arrays.stream(WentWrong.values()).map(ReportSarif::rule).toList());
        Map<String, Object> sarif = new LinkedHashMap<>();
        sarif.put("version", "2.1.0");
        sarif.put("$schema", SCHEMA);
        Map<String, Object> only = new LinkedHashMap<>();
        only.put("tool", Map.of("driver", driver));
        only.put("automationDetails", Map.of("id", "demur/%s/%s".formatted(name(run), run.id())));
        only.put(
                "results",
                found.entrySet().stream().map(e -> result(run, e.getKey(), e.getValue())).toList());
        sarif.put("runs", List.of(only));
        return Json.document(sarif);
    }

    private static Map<String, Object> rule(WentWrong wrong) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", wrong.id());
        rule.put("shortDescription", Map.of("text", "the model " + wrong.words()));
        rule.put("defaultConfiguration", Map.of("level", level(wrong.weight())));
        return rule;
    }

    private static String level(Weight weight) {
        return Word.underscored(weight);
    }

    private static Map<String, Object> result(Run run, Key key, int times) {
        Case of = key.of();
        Map<String, Object> logical = new LinkedHashMap<>();
        logical.put("name", of.id());
        logical.put("fullyQualifiedName", run.suite().name() + "/" + of.section() + "/" + of.id());
        Map<String, Object> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", Map.of("uri", name(run)));
        physical.put(
                "region", Map.of("startLine", 1)); // a run does not know on which line it stood
        Map<String, Object> location = new LinkedHashMap<>();
        location.put("physicalLocation", physical);
        location.put("logicalLocations", List.of(logical));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", key.wrong().id());
        result.put("ruleIndex", List.of(WentWrong.values()).indexOf(key.wrong()));
        result.put("level", level(key.wrong().weight()));
        result.put("message", Map.of("text", message(run, key, times)));
        result.put("locations", List.of(location));
        result.put(
                "partialFingerprints",
                Map.of("case/v1", String.join("/", run.suite().name(), key.variant(), of.id())));
        return result;
    }

    private static String message(Run run, Key key, int times) {
        String under = key.variant().isEmpty() ? "" : " under `" + key.variant() + "`";
        String often =
                run.plan().epochs() == 1
                        ? ""
                        : " (%d of %d times)".formatted(times, run.plan().epochs());
        return "case `%s`: the model %s%s%s"
                .formatted(key.of().id(), key.wrong().words(), under, often);
    }

    private static String name(Run run) {
        return URLEncoder.encode(run.suite().name(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
