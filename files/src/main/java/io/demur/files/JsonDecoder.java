package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.files.Draft.Setting;
import io.demur.wire.Conversation;
import io.demur.wire.Json;
import io.demur.wire.MalformedBody;
import io.demur.wire.MalformedJson;
import io.demur.wire.Utf8;

import java.util.List;
import java.util.Optional;

/** Reads one JSON record, in whichever shape it is. Immutable. */
final class JsonDecoder implements Entry.Decoder {

    private final Setting setting;
    private final Optional<JsonShape> demanded;

    /**
     * @param demanded the one shape that records may have, where it is not detected
     */
    JsonDecoder(Setting setting, Optional<JsonShape> demanded) {
        this.setting = setting;
        this.demanded = demanded;
    }

    @Override
    public Decoded decode(Where where, byte[] record) {
        JsonNode json;
        try {
            json = Json.read(record);
        } catch (MalformedJson e) {
            return new Decoded.Unreadable(malformed(where, record, e));
        }
        if (!json.isObject()) {
            return unreadable(
                    ProblemCode.SHAPE_UNKNOWN,
                    where,
                    "%s where an object is needed".formatted(Conversation.what(json)));
        }
        return read(where, json);
    }

    /** The shape as which a record is read: the demanded one, or the first that fits. */
    Optional<JsonShape> shape(JsonNode record) {
        if (demanded.isPresent()) {
            return demanded.filter(shape -> shape.fits(record));
        }
        return setting.options().mapping().mapsText()
                ? Optional.of(new RowShape())
                : fitting(record);
    }

    /** Reads a record that is JSON already. */
    Decoded read(Where where, JsonNode record) {
        Optional<JsonShape> shape = shape(record);
        if (shape.isEmpty()) {
            return new Decoded.Unreadable(unfitting(where, record));
        }
        Draft draft = new Draft(where, setting, record);
        if (setting.options().mapping().mapsText() && !RowShape.isThere(record, draft)) {
            return new Decoded.Unreadable(unmapped(where, record));
        }
        try {
            shape.get().read(record, draft);
        } catch (MalformedBody e) {
            return unreadable(
                    ProblemCode.RECORD_MALFORMED,
                    where,
                    "as `%s`: %s".formatted(shape.get().name(), e.getMessage()));
        }
        return draft.done();
    }

    private static Optional<JsonShape> fitting(JsonNode record) {
        return Formats.SHAPES.stream().filter(shape -> shape.fits(record)).findFirst();
    }

    private Problem unfitting(Where where, JsonNode record) {
        List<String> names = record.properties().stream().map(field -> field.getKey()).toList();
        String fields =
                names.isEmpty() ? "it has no fields" : "its fields are " + Nearest.list(names);
        Optional<JsonShape> other = fitting(record);
        if (demanded.isPresent()) {
            return ProblemCode.SHAPE_DIFFERENT.at(
                    where,
                    other.isPresent()
                            ? "the record looks like `%s`, not `%s`"
                                    .formatted(other.get().name(), demanded.get().name())
                            : "the record is no `%s`: %s".formatted(demanded.get().name(), fields));
        }
        return ProblemCode.SHAPE_UNKNOWN
                .at(where, "the record has no known shape: " + fields)
                .withFix("name the fields: --map prompt=… --map response=…");
    }

    private Problem unmapped(Where where, JsonNode record) {
        String wanted =
                setting.options()
                        .mapping()
                        .column(Mapping.Name.RESPONSE)
                        .or(() -> setting.options().mapping().column(Mapping.Name.PROMPT))
                        .orElse("response");
        return ProblemCode.COLUMN_MISSING.at(
                where,
                "there is no text in `%s`; the fields are %s"
                        .formatted(
                                wanted, Nearest.list(Nearest.first(wanted, Fields.names(record)))));
    }

    static Problem malformed(Where where, byte[] record, MalformedJson e) {
        ProblemCode code =
                switch (e.kind()) {
                    case TRUNCATED -> ProblemCode.JSON_TRUNCATED;
                    case INVALID -> ProblemCode.JSON_INVALID;
                    case NOT_UTF8 -> ProblemCode.UTF8_INVALID;
                    case NUL -> ProblemCode.NUL_BYTE;
                    case LIMIT -> ProblemCode.JSON_LIMIT;
                };
        return code.at(place(where, record, e.offset()), e.getMessage());
    }

    /** The line and column of a byte of the record. */
    static Where place(Where start, byte[] record, int offset) {
        if (offset < 0) {
            return start;
        }
        int end = Math.min(offset, record.length);
        long line = start.line();
        int lineStart = 0;
        for (int i = 0; i < end; i++) {
            if (record[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        long before = lineStart == 0 ? Math.max(0, start.column() - 1) : 0;
        return new Where(start.file(), line, before + Utf8.characters(record, lineStart, end) + 1);
    }

    private static Decoded unreadable(ProblemCode code, Where where, String message) {
        return new Decoded.Unreadable(code.at(where, message));
    }
}
