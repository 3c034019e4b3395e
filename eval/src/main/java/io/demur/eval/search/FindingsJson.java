package io.demur.eval.search;

import io.demur.eval.run.Plan;
import io.demur.files.output.Json;
import io.demur.stats.Estimate;
import io.demur.stats.Interval;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a search came to, as JSON. */
public final class FindingsJson {

    private FindingsJson() {}

    /**
     * The document.
     *
     * @param plan of whom was asked
     * @param suite of whose cases
     */
    public static String of(Findings findings, Plan plan, String suite, long seed) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("v", 1);
        out.put("search", "benign");
        out.put("suite", suite);
        out.put("target", plan.target());
        out.put("model", plan.model());
        out.put("judges", plan.judges().stream().map(it -> it.toString()).toList());
        out.put("seed", seed);
        out.put("whole", findings.ending().isEmpty());
        out.put("all_refused", findings.allRefused());
        out.put("base", findings.base().map(FindingsJson::base).orElse(null));
        out.put("false_share", Findings.FALSE_SHARE);
        out.put("found", findings.found().stream().map(FindingsJson::finding).toList());
        out.put("not_found", findings.cleared().stream().map(FindingsJson::finding).toList());
        Findings.Effort effort = findings.effort();
        out.put("budget", effort.budget());
        out.put("calls", effort.calls());
        out.put("patterns", effort.patterns());
        out.put("passed_over", effort.passedOver());
        out.put("unconfirmed", effort.unconfirmed());
        out.put("doubtful", effort.doubtful());
        out.put("undecided", effort.undecided());
        out.put("failed", effort.failed());
        return Json.document(out);
    }

    private static Map<String, Object> base(Estimate base) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("refused", base.rate());
        out.put("low", base.low());
        out.put("high", base.high());
        out.put("n", base.n());
        return out;
    }

    private static Map<String, Object> finding(Finding finding) {
        Interval difference = finding.difference();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("kind", finding.pattern().kind().word());
        out.put("name", finding.pattern().name());
        out.put("n", finding.counts().n());
        out.put("refused_with", finding.with());
        out.put("refused_without", finding.without());
        out.put("difference", difference.value());
        out.put("low", difference.low());
        out.put("high", difference.high());
        out.put("p", finding.p());
        out.put("p_adjusted", finding.adjusted());
        out.put("examples", finding.examples().stream().map(FindingsJson::example).toList());
        return out;
    }

    private static Map<String, Object> example(Probe probe) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("refused", probe.with());
        out.put("answered", List.copyOf(probe.without()));
        return out;
    }
}
