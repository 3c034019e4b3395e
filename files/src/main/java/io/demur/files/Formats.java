package io.demur.files;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.files.TranscriptFormat.Opened;
import io.demur.files.TranscriptFormat.Source;
import io.demur.wire.Utf8;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All formats there are. The order is that in which a file is tried. */
final class Formats {

    /** Containers, by content; JSON first, because any text may pass for CSV. */
    static final List<TranscriptFormat> ALL = List.of(new JsonText(), new XsTestCsv(), new Csv());

    /**
     * What a JSON record may be. The first that fits is taken, so the particular stand before the
     * general.
     */
    static final List<JsonShape> SHAPES =
            List.of(
                    new OpenAiBatchShape(),
                    new AnthropicBatchShape(),
                    new PairShape(),
                    new AnthropicMessagesShape(),
                    new OpenAiChatShape(),
                    new ChatShape(),
                    new RowShape());

    private Formats() {}

    /** The names that {@code --format} takes. */
    static List<String> names() {
        return Stream.concat(
                        ALL.stream().map(TranscriptFormat::name),
                        SHAPES.stream().map(JsonShape::name))
                .toList();
    }

    static Optional<JsonShape> shape(String name) {
        return SHAPES.stream().filter(shape -> shape.name().equals(name)).findFirst();
    }

    static Opened open(Source source) {
        Head head = source.head();
        ReadOptions options = source.options();
        if (!options.problems().isEmpty()) {
            return Opened.failed("unknown", options.problems().getFirst());
        }
        Optional<TranscriptFormat> found =
                ALL.stream().filter(format -> format.recognises(head, options)).findFirst();
        Optional<TranscriptFormat> demanded = options.format().map(Formats::container);
        Optional<TranscriptFormat> format = demanded.or(() -> found);
        if (format.isPresent() && format.get().recognises(head, options)) {
            return format.get().open(source);
        }
        Where where = Where.file(source.name());
        if (found.isPresent()) {
            return Opened.failed(
                    found.get().name(),
                    ProblemCode.FORMAT_DIFFERENT.at(
                            where,
                            "the file looks like `%s`, not `%s`"
                                    .formatted(found.get().name(), options.format().orElse(""))));
        }
        return Opened.failed("unknown", unknown(where, head));
    }

    private static TranscriptFormat container(String name) {
        return ALL.stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseGet(JsonText::new);
    }

    private static Problem unknown(Where where, Head head) {
        Optional<String> binary = Encoding.binary(head.bytes());
        if (binary.isPresent()) {
            return ProblemCode.FORMAT_UNKNOWN
                    .at(where, "the file is %s, which is not read".formatted(binary.get()))
                    .withFix("unpack it, or export it as JSON lines or CSV");
        }
        int bad = Utf8.firstBad(head.bytes(), 0, head.bytes().length);
        // The last character of the head may be cut in two.
        if (bad >= 0 && bad < head.bytes().length - 3) {
            return ProblemCode.FORMAT_UNKNOWN.at(
                    where,
                    "the file is no UTF-8 text; it begins with `%s`".formatted(head.sample()));
        }
        return ProblemCode.FORMAT_UNKNOWN.at(
                where,
                "neither JSON nor a CSV file with known columns; it begins with `%s`"
                        .formatted(head.sample()));
    }
}
