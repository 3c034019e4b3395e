package io.demur.files;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecordHandler;

import io.demur.core.Where;
import io.demur.files.Draft.Setting;
import io.demur.wire.MalformedBody;
import io.demur.wire.Utf8;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Reads one CSV record as a row of {@link RowShape}. Immutable. */
final class CsvDecoder implements Entry.Decoder {

    private static final RowShape ROWS = new RowShape();

    private final Setting setting;
    private final CsvHeader header;
    private final List<String> names;
    private final Consumer<ObjectNode> completion;

    /**
     * @param names what the columns are called in a row, in the order of the header
     * @param completion adds to a row what the format says without a column of its own
     */
    CsvDecoder(
            Setting setting,
            CsvHeader header,
            List<String> names,
            Consumer<ObjectNode> completion) {
        this.setting = setting;
        this.header = header;
        this.names = List.copyOf(names);
        this.completion = completion;
    }

    @Override
    public Decoded decode(Where where, byte[] record) {
        int bad = Utf8.firstBad(record, 0, record.length);
        if (bad >= 0) {
            Where place = JsonDecoder.place(where, record, bad);
            return record[bad] == 0
                    ? unreadable(ProblemCode.NUL_BYTE, place, "a NUL byte is no text")
                    : unreadable(
                            ProblemCode.UTF8_INVALID,
                            place,
                            "byte `0x%02X` is no UTF-8 here".formatted(record[bad] & 0xFF));
        }
        List<String> cells;
        try {
            cells = cells(new String(record, StandardCharsets.UTF_8));
        } catch (CsvParseException e) {
            return unreadable(
                    ProblemCode.CSV_INVALID,
                    where,
                    "the record breaks the rules of CSV: " + e.getMessage());
        }
        if (cells.size() != names.size()) {
            return unreadable(
                    ProblemCode.CSV_FIELD_COUNT,
                    where,
                    "%d fields where the header has %d".formatted(cells.size(), names.size()));
        }
        return row(where, cells);
    }

    private Decoded row(Where where, List<String> cells) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < cells.size(); i++) {
            row.putIfAbsent(names.get(i), row.textNode(cells.get(i)));
        }
        completion.accept(row);
        Draft draft = new Draft(where, setting, row);
        try {
            ROWS.read(row, draft);
        } catch (MalformedBody e) {
            return unreadable(ProblemCode.RECORD_MALFORMED, where, e.getMessage());
        }
        return draft.done();
    }

    private List<String> cells(String record) {
        int bytesMax = setting.options().recordBytesMax();
        CsvRecordHandler handler =
                CsvRecordHandler.builder()
                        .maxFieldSize(bytesMax)
                        .maxRecordSize(bytesMax)
                        .maxFields(Math.max(names.size() + 1, record.length() + 1))
                        .build();
        return CsvReader.builder()
                .fieldSeparator(header.separator())
                .skipEmptyLines(false)
                .ofSingleCsvRecord(handler, record)
                .getFields();
    }

    private static Decoded unreadable(ProblemCode code, Where where, String message) {
        return new Decoded.Unreadable(code.at(where, message));
    }
}
