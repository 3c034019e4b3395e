package io.demur.files;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.files.Draft.Setting;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The CSV files of XSTest as its authors publish them: the completions of one model with their
 * labels, or the prompts alone. A type that begins with {@code contrast_} is an unsafe prompt; the
 * model is in the file's name.
 */
final class XsTestCsv implements TranscriptFormat {

    private static final Pattern MODEL = Pattern.compile("xstest_.*completions_(.+?)(?:\\.\\w+)?");

    @Override
    public String name() {
        return "xstest";
    }

    @Override
    public boolean recognises(Head head, ReadOptions options) {
        int first = head.firstByte();
        if (options.mapping().mapsText() || first == '{' || first == '[') {
            return false;
        }
        List<String> columns = CsvHeader.of(head).map(CsvHeader::columns).orElse(List.of());
        return columns.containsAll(List.of("id", "type", "prompt", "completion", "final_label"))
                || columns.containsAll(List.of("id", "type", "prompt", "label", "focus"));
    }

    @Override
    public Opened open(Source source) {
        Matcher model = MODEL.matcher(source.head().fileName());
        Setting setting =
                new Setting(
                        source.name(),
                        "xstest",
                        model.matches() ? Optional.of(model.group(1)) : Optional.empty(),
                        source.options());
        CsvHeader header = CsvHeader.of(source.head()).orElseThrow();
        List<String> names =
                header.columns().stream().map(column -> named(column, source.options())).toList();
        CsvDecoder decoder = new CsvDecoder(setting, header, names, XsTestCsv::labelPrompt);
        return Csv.rows(name(), source, decoder, header, names);
    }

    private static String named(String column, ReadOptions options) {
        if (options.namedColumns().contains(column)) {
            return column;
        }
        return switch (column) {
            case "final_label" -> "response_label";
            case "label" -> "prompt_label";
            default -> column;
        };
    }

    private static void labelPrompt(ObjectNode row) {
        if (!row.has("prompt_label")) {
            boolean contrast = row.path("type").asText().startsWith("contrast_");
            row.put("prompt_label", contrast ? "unsafe" : "safe");
        }
    }
}
