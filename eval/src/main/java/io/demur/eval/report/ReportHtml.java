package io.demur.eval.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report as one page for a browser, with all that it needs within. It may run its own script and
 * show its own style, known by their hashes, and reach nothing else; what models and suites said
 * stands in it as data alone, and its script sets it as text.
 */
final class ReportHtml {

    private static final String LIBRARY = "/META-INF/resources/webjars/d3/7.9.0/";

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private ReportHtml() {}

    /**
     * The page.
     *
     * @param beside other runs, whose rates are shown beside these
     */
    static String of(RunReport report, List<RunReport> beside) {
        String style = resource("page.css");
        String library = resource(LIBRARY + "dist/d3.min.js");
        String script = resource("plots.js") + resource("page.js");
        String policy =
                ("default-src 'none'; script-src '%s' '%s'; style-src '%s'; img-src data:;"
                                + " base-uri 'none'; form-action 'none'")
                        .formatted(hash(library), hash(script), hash(style));
        Map<String, String> parts =
                Map.of(
                        "policy",
                        policy,
                        "title",
                        escaped(PageData.title(report.run())),
                        "text",
                        escaped(ReportText.of(report)),
                        "style",
                        style,
                        "licence",
                        resource(LIBRARY + "LICENSE"),
                        "library",
                        library,
                        "script",
                        script,
                        "data",
                        data(PageData.of(report, beside)));
        return PLACE.matcher(resource("page.html"))
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        Objects.requireNonNull(parts.get(found.group(1)))));
    }

    /** Within JSON this is the same text; in a page it ends nothing and begins nothing. */
    private static String data(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** A file of ours as browsers read it, which know no carriage return. */
    private static String resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(ReportHtml.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
