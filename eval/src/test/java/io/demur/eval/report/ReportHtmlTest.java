package io.demur.eval.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class ReportHtmlTest {

    private static final int BYTES_MAX = 3_000_000;

    private static final Pattern BLOCK =
            Pattern.compile("<(script|style)( [^>]*)?>(.*?)</\\1>", Pattern.DOTALL);

    private static String few() {
        return PageSamples.report(PageSamples.few()).in(RunReport.Form.HTML);
    }

    @Test
    void theDataIsPinned() {
        String data =
                PageData.of(
                        PageSamples.report(PageSamples.few()),
                        List.of(PageSamples.report(PageSamples.few().subList(0, 2))));
        Golden.check(
                "eval/src/test/resources/report/page.json",
                data.replaceAll("(?<=[}\\]]),(?=[{\"])", ",\n") + "\n");
    }

    @Test
    void casesThatWentWrongAreResultsOfSarif() {
        Golden.check(
                "eval/src/test/resources/report/wrong.sarif",
                PageSamples.report(PageSamples.few()).in(RunReport.Form.SARIF));
    }

    @Test
    void whatAModelSaysEndsNoScriptAndBeginsNoTag() {
        String page = few();
        assertEquals(3, page.split("<script", -1).length - 1, "data, library and script");
        assertEquals(3, page.split("</script", -1).length - 1);
        assertFalse(page.contains("<img"));
        assertTrue(page.contains("\\u003c/script>"));
    }

    @Test
    void scriptsAndStyleAreThoseWhoseHashesThePolicyNames() throws Exception {
        String page = few();
        Matcher blocks = BLOCK.matcher(page);
        List<String> seen = new ArrayList<>();
        while (blocks.find()) {
            if (blocks.group(2) == null) {
                byte[] text = blocks.group(3).getBytes(StandardCharsets.UTF_8);
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
                seen.add("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
            }
        }
        assertEquals(3, seen.size());
        String policy = page.substring(page.indexOf("default-src"), page.indexOf("form-action"));
        seen.forEach(hash -> assertTrue(policy.contains(hash), hash));
        assertFalse(policy.contains("unsafe"));
        assertFalse(page.contains(" style=\""), "a style of one element would be blocked");
    }

    @Test
    void twoThousandCasesStayUnderThreeMegabytes() {
        String page = PageSamples.report(PageSamples.many(2000)).in(RunReport.Form.HTML);
        int bytes = page.getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes < BYTES_MAX, () -> bytes + " bytes");
        assertTrue(page.contains("\"left_out\":0,"), "each of them is there");
    }

    @Test
    void ofMoreThanThereIsRoomForWhatWentRightIsLeftOut() {
        TrialRows rows = TrialRows.of(PageSamples.report(PageSamples.many(6000)).run());
        assertTrue(rows.leftOut() > 0);
        List<?> last = (List<?>) rows.rows().getLast().get("wrong");
        assertTrue(last != null && last.isEmpty(), "the wrong ones come first");
    }

    @Test
    void aBrowserDrawsItWithoutComplaint(@TempDir Path folder) throws Exception {
        Optional<Path> chromium = onPath("chromium");
        if (chromium.isEmpty()) {
            System.out.println("no chromium here: the page was not opened in a browser");
            return;
        }
        Path page = folder.resolve("report.html");
        Files.writeString(
                page,
                PageSamples.report(PageSamples.many(400))
                        .in(
                                RunReport.Form.HTML,
                                List.of(PageSamples.report(PageSamples.many(200)))));
        Path log = folder.resolve("log");
        Path dom = folder.resolve("dom");
        Process browser =
                new ProcessBuilder(
                                chromium.get().toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--user-data-dir=" + folder.resolve("profile"),
                                "--enable-logging=stderr",
                                "--window-size=1280,900",
                                "--virtual-time-budget=5000",
                                "--dump-dom",
                                page.toUri().toString())
                        .redirectOutput(dom.toFile())
                        .redirectError(log.toFile())
                        .start();
        assertTrue(browser.waitFor(2, TimeUnit.MINUTES));
        String complaints =
                Files.readString(log)
                        .lines()
                        .filter(line -> line.contains("CONSOLE"))
                        .reduce("", (a, b) -> a + b + "\n");
        assertEquals("", complaints);
        String drawn = Files.readString(dom);
        for (String id : List.of("plane", "curve", "pressure", "triggers")) {
            String figure = drawn.substring(drawn.indexOf("<figure id=\"" + id + "\""));
            assertTrue(figure.indexOf("<svg") < figure.indexOf("</figure>"), id);
        }
        assertTrue(drawn.contains("class=\"region\""));
        assertTrue(drawn.contains("class=\"heat\""));
        assertTrue(drawn.contains("<mark"));
        assertTrue(drawn.contains("&lt;img src=x"), "markup is shown as text");
        assertFalse(drawn.contains("<img"));
        assertFalse(drawn.contains("<title>taken"));
        keysGoThroughItFromTopToBottom(drawn);
    }

    private static void keysGoThroughItFromTopToBottom(String drawn) {
        assertFalse(drawn.matches("(?s).*tabindex=\"[1-9].*"), "the order is that of the page");
        int at = 0;
        for (String stop :
                List.of(
                        "class=\"skip\"",
                        "<summary",
                        "f-text",
                        "f-wrong",
                        "f-hazard",
                        "\"more\"")) {
            int next = drawn.indexOf(stop, drawn.indexOf("<body"));
            assertTrue(next > at, stop);
            at = next;
        }
    }

    private static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder).resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
