package io.demur.files.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Renders trees of {@link Map}, {@link List}, {@link String}, {@link Number}, {@link Boolean} and
 * null as JSON in UTF-8. A number that is not finite is a mistake of the caller. Safe for use by
 * several threads.
 */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** Writes one line, with its line feed. Does not close or flush the stream. */
    public static void writeLine(OutputStream out, Map<String, ?> object) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            write(json, object);
            json.writeRaw('\n');
        }
    }

    /** An indented document, with a line feed at its end. */
    public static String document(Map<String, ?> object) {
        return text(object, new DefaultPrettyPrinter()) + "\n";
    }

    /** One value without white space around its parts. */
    public static String value(@Nullable Object value) {
        return text(value, null);
    }

    private static String text(@Nullable Object value, @Nullable PrettyPrinter printer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.setPrettyPrinter(printer);
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Map<?, ?> object -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> field : object.entrySet()) {
                    json.writeFieldName((String) field.getKey());
                    write(json, field.getValue());
                }
                json.writeEndObject();
            }
            case List<?> array -> {
                json.writeStartArray();
                for (Object element : array) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> {
                if (!Double.isFinite(number)) {
                    throw new IllegalArgumentException("`%s` has no JSON".formatted(number));
                }
                json.writeNumber(number);
            }
            default ->
                    throw new IllegalArgumentException(
                            "a `%s` has no JSON".formatted(value.getClass().getName()));
        }
    }
}
