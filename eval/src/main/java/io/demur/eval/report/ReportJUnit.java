package io.demur.eval.report;

import io.demur.eval.gate.Gate.Check;

/**
 * The checks of a report as tests, in the XML that build servers read: one that was not kept is a
 * test that failed. What a model does with single cases is measured and not tested.
 */
final class ReportJUnit {

    private ReportJUnit() {}

    static String of(RunReport report) {
        String name = "demur " + report.run().suite().name() + " " + report.run().plan().model();
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append("<testsuite name=\"%s\" errors=\"0\" ".formatted(escaped(name)));
        out.append(
                "tests=\"%d\" failures=\"%d\" timestamp=\"%s\">\n"
                        .formatted(
                                report.checks().size() + 1,
                                report.failures().size(),
                                report.run().started()));
        out.append("  <testcase classname=\"demur\" name=\"the run was measured\"/>\n");
        report.checks().forEach(check -> out.append(test(check)));
        out.append("  <system-out>").append(escaped(ReportText.of(report)));
        return out.append("</system-out>\n</testsuite>\n").toString();
    }

    private static String test(Check check) {
        String open =
                "  <testcase classname=\"demur\" name=\"%s\"".formatted(escaped(check.what()));
        return check.reason()
                .map(
                        reason ->
                                "%s>\n    <failure message=\"%s\"/>\n  </testcase>\n"
                                        .formatted(open, escaped(reason)))
                .orElse(open + "/>\n");
    }

    /** XML has no place for most control characters, not even as references. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '&' -> out.append("&amp;");
                                case '<' -> out.append("&lt;");
                                case '>' -> out.append("&gt;");
                                case '"' -> out.append("&quot;");
                                case '\n', '\t' -> out.appendCodePoint(c);
                                default -> out.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
                            }
                        });
        return out.toString();
    }

    private static boolean isAllowed(int c) {
        return c >= 0x20 && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
    }
}
