package io.demur.files;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.files.Draft.Setting;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** CSV with a header (RFC 4180), separated by commas, semicolons or tabs. */
final class Csv implements TranscriptFormat {

    /** Names that are known whatever their case. */
    private static final Set<String> KNOWN = known();

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public boolean recognises(Head head, ReadOptions options) {
        int first = head.firstByte();
        if (first == '{' || first == '[') {
            return false;
        }
        // Any line of text is a header of one column; it takes a known name to be one of a file.
        return CsvHeader.of(head)
                .filter(h -> h.columns().size() > 1 || isKnown(h.columns().getFirst(), options))
                .isPresent();
    }

    @Override
    public Opened open(Source source) {
        Setting setting =
                new Setting(source.name(), source.stem(), Optional.empty(), source.options());
        CsvHeader header = CsvHeader.of(source.head()).orElseThrow();
        List<String> names =
                header.columns().stream().map(column -> named(column, source.options())).toList();
        return rows(
                name(), source, new CsvDecoder(setting, header, names, row -> {}), header, names);
    }

    /** Opens a file of which the decoder is known. */
    static Opened rows(
            String name, Source source, CsvDecoder decoder, CsvHeader header, List<String> names) {
        Optional<Problem> wrong = wrongColumns(source, header, names);
        if (wrong.isPresent()) {
            return Opened.failed(name, wrong.get());
        }
        CsvCutter cutter =
                new CsvCutter(
                        source.name(),
                        source.window(),
                        header.separator(),
                        source.options().cap(),
                        decoder);
        boolean[] past = {false};
        return new Opened(
                name,
                () -> {
                    if (!past[0]) {
                        past[0] = true;
                        cutter.next(); // the header
                    }
                    return cutter.next();
                });
    }

    /** What a column is called in a row: known names in lower case, others as they are. */
    static String named(String column, ReadOptions options) {
        String lower = column.toLowerCase(Locale.ROOT);
        return KNOWN.contains(lower) && !options.namedColumns().contains(column) ? lower : column;
    }

    private static Optional<Problem> wrongColumns(
            Source source, CsvHeader header, List<String> names) {
        Where file = Where.file(source.name());
        ReadOptions options = source.options();
        for (String column : options.namedColumns()) {
            if (!names.contains(column)) {
                return Optional.of(
                        ProblemCode.COLUMN_MISSING.at(
                                file,
                                "there is no column `%s`; the columns are %s"
                                        .formatted(
                                                column,
                                                Nearest.list(
                                                        Nearest.first(column, header.columns())))));
            }
        }
        Optional<String> twice = twice(names, options);
        if (twice.isPresent()) {
            return Optional.of(
                    ProblemCode.COLUMN_TWICE
                            .at(
                                    file,
                                    "the column `%s` is there twice, and which to read is not clear"
                                            .formatted(twice.get()))
                            .withFix("rename one of the two in the header"));
        }
        boolean text =
                options.mapping().mapsText()
                        || names.stream().anyMatch(RowShape.PROMPTS::contains)
                        || names.stream().anyMatch(RowShape.RESPONSES::contains);
        return text ? Optional.empty() : Optional.of(unknown(file, header.columns()));
    }

    /** The first column that would be read and has a namesake; of others the first is kept. */
    private static Optional<String> twice(List<String> names, ReadOptions options) {
        Set<String> seen = new HashSet<>();
        return names.stream()
                .filter(n -> KNOWN.contains(n) || options.namedColumns().contains(n))
                .filter(n -> !seen.add(n))
                .findFirst();
    }

    private static Problem unknown(Where file, List<String> columns) {
        return ProblemCode.COLUMNS_UNKNOWN
                .at(
                        file,
                        "no column is known to hold a prompt or a response; the columns are "
                                + Nearest.list(columns))
                .withFix(
                        "say which: --map prompt=%s --map response=%s"
                                .formatted(columns.getFirst(), columns.getLast()));
    }

    private static boolean isKnown(String column, ReadOptions options) {
        return KNOWN.contains(column.toLowerCase(Locale.ROOT))
                || options.namedColumns().contains(column);
    }

    private static Set<String> known() {
        Set<String> names = new HashSet<>(RowShape.PROMPTS);
        names.addAll(RowShape.RESPONSES);
        names.addAll(List.of("id", "model", "source", "system", "label"));
        names.addAll(
                List.of(
                        "prompt_label",
                        "response_label",
                        "finish_reason",
                        "stop_reason",
                        "done_reason"));
        return Set.copyOf(names);
    }
}
