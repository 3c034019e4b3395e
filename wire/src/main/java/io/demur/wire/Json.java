package io.demur.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.demur.wire.MalformedJson.Kind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON text in the one way that all of Demur reads it. Safe for use by many threads. */
public final class Json {

    /** Levels of objects and arrays within each other. */
    private static final int NESTING_MAX = 1000;

    private static final int NUMBER_DIGITS_MAX = 1000;

    /** The same for what callers send: nothing that a model can use is deeper or longer. */
    private static final int CALL_NESTING_MAX = 100;

    private static final int CALL_NUMBER_DIGITS_MAX = 100;

    /** Names, values, beginnings and ends: each takes some dozen bytes, however short it is. */
    static final int CALL_TOKENS_MAX = 500_000;

    private static final int NAME_SHOWN = 100;

    /**
     * Where buffers lie between two texts. Jackson leaves them with the thread, and each exchange
     * has a thread of its own: some thirty kilobytes that nobody uses again lay with every answer
     * that was under way.
     */
    static final RecyclerPool<BufferRecycler> BUFFERS = JsonRecyclerPools.newConcurrentDequePool();

    // Written by many tools in Python, whose own encoder makes NaN and Infinity unless told not to.
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .recyclerPool(BUFFERS)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(NESTING_MAX)
                                    .maxNumberLength(NUMBER_DIGITS_MAX)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private static final JsonFactory STRICT =
            JsonFactory.builder()
                    .recyclerPool(BUFFERS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(CALL_NESTING_MAX)
                                    .maxTokenCount(CALL_TOKENS_MAX)
                                    .maxNumberLength(CALL_NUMBER_DIGITS_MAX)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private static final String MORE_FOLLOWS = "more follows after the end of the JSON value";

    private static final JsonMapper MAPPER = new JsonMapper(FACTORY);

    // Numbers of callers are sent on with the digits that they came with.
    private static final JsonMapper STRICT_MAPPER =
            JsonMapper.builder(STRICT)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private static final Pattern UNEXPECTED =
            Pattern.compile(
                    "Unexpected character \\('(.+)' \\(code \\d+.*?\\)\\)(?: in numeric value)?:"
                            + " (.*)",
                    Pattern.DOTALL);
    private static final Pattern TOKEN =
            Pattern.compile("(?:Unrecognized|Non-standard) token '(.*?)'.*");
    private static final Pattern CONTROL = Pattern.compile(".*\\(CTRL-CHAR, code (\\d+)\\).*");
    private static final Pattern CLOSING =
            Pattern.compile("Unexpected close marker '(.)': expected '(.)'.*");
    private static final Pattern NOT_OPEN =
            Pattern.compile("Unexpected close marker '(.)': no open .*");
    private static final Pattern TWICE =
            Pattern.compile("Duplicate field '(.*?)'.*", Pattern.DOTALL);
    private static final Pattern ALLOWED = Pattern.compile(".*maximum allowed \\((\\d+).*");
    private static final Pattern ESCAPE =
            Pattern.compile("Unrecognized character escape '(.+)' \\(code .*", Pattern.DOTALL);

    /** What should stand where something else does, by the parser's words for it. */
    private static final Map<String, String> RIGHT = right();

    private Json() {}

    /** Reads one value. */
    public static JsonNode read(byte[] bytes) throws MalformedJson {
        return read(bytes, 0, bytes.length);
    }

    /**
     * Reads the one value that the bytes from {@code from} to {@code to} (not included) hold. Of a
     * key that stands twice in an object, the last counts.
     *
     * @throws MalformedJson where they are no UTF-8, no JSON, more than one value, or nothing
     */
    public static JsonNode read(byte[] bytes, int from, int to) throws MalformedJson {
        return read(MAPPER, bytes, from, to);
    }

    /**
     * Reads the one value that the bytes hold as strictly as what is sent on must be read: two
     * readers may not see two things in it. A name may stand once in an object, whatever its case,
     * `NaN` is no number, halves of surrogate pairs are no text, and what is nested deeper than a
     * hundred levels, has numbers that no machine holds, or is made of more than half a million
     * names and values is not read.
     *
     * @throws MalformedJson where they are no UTF-8, no such JSON, more than one value, or nothing
     */
    public static JsonNode strict(byte[] bytes) throws MalformedJson {
        JsonNode node = read(STRICT_MAPPER, bytes, 0, bytes.length);
        checkNumbers(node);
        checkNames(node);
        if (escapesSurrogates(bytes)) {
            checkText(node);
        }
        return node;
    }

    private static void checkNumbers(JsonNode node) throws MalformedJson {
        if (node.isBigDecimal() && !Double.isFinite(node.doubleValue())) {
            throw new MalformedJson(
                    Kind.LIMIT, "the number `%s` is too large".formatted(node.asText()), -1);
        }
        for (JsonNode inner : node) {
            checkNumbers(inner);
        }
    }

    /** Servers written in Go do not look at the case of names, and take the last of them. */
    private static void checkNames(JsonNode node) throws MalformedJson {
        if (node.isObject() && node.size() > 1) {
            Map<String, String> seen = HashMap.newHashMap(node.size());
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                String other = seen.put(folded(field.getKey()), field.getKey());
                if (other != null) {
                    throw new MalformedJson(
                            Kind.INVALID,
                            "the names `%s` and `%s` in one object differ in case alone"
                                    .formatted(cut(other), cut(field.getKey())),
                            -1);
                }
            }
        }
        for (JsonNode inner : node) {
            if (inner.isContainerNode()) {
                checkNames(inner);
            }
        }
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(NAME_SHOWN, name.length()));
    }

    /**
     * A name in the form that all names have in common which differ from it in case alone; the long
     * s and the sign for kelvin are such letters too.
     */
    public static String folded(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        name.codePoints()
                .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }

    /** Bytes that are UTF-8 hold surrogates only as escapes. */
    private static boolean escapesSurrogates(byte[] bytes) {
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (bytes[i] == '\\' && bytes[i + 1] == 'u' && (bytes[i + 2] | 0x20) == 'd') {
                return true;
            }
        }
        return false;
    }

    private static void checkText(JsonNode node) throws MalformedJson {
        if (node.isTextual() && !WellFormed.is(node.asText())) {
            throw halfPair();
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!WellFormed.is(field.getKey())) {
                throw halfPair();
            }
        }
        for (JsonNode inner : node) {
            checkText(inner);
        }
    }

    private static MalformedJson halfPair() {
        return new MalformedJson(
                Kind.NOT_UTF8,
                "an escape stands for half of a surrogate pair, which is no text",
                -1);
    }

    private static JsonNode read(JsonMapper mapper, byte[] bytes, int from, int to)
            throws MalformedJson {
        int bad = Utf8.firstBad(bytes, from, to);
        if (bad >= 0) {
            throw bytes[bad] == 0
                    ? new MalformedJson(Kind.NUL, "a NUL byte is no text", bad - from)
                    : new MalformedJson(
                            Kind.NOT_UTF8,
                            "byte `0x%02X` is no UTF-8 here".formatted(bytes[bad] & 0xFF),
                            bad - from);
        }
        try (JsonParser parser = mapper.createParser(bytes, from, to - from)) {
            JsonNode node = mapper.readTree(parser);
            if (node == null || node instanceof MissingNode) {
                throw new MalformedJson(Kind.TRUNCATED, "no JSON value, but nothing", 0);
            }
            if (parser.nextToken() != null) {
                int at = (int) parser.currentTokenLocation().getByteOffset();
                throw new MalformedJson(Kind.INVALID, MORE_FOLLOWS, at);
            }
            return node;
        } catch (JsonProcessingException e) {
            throw malformed(e, from);
        } catch (IOException e) {
            throw new UncheckedIOException("reading bytes in memory failed", e);
        }
    }

    private static MalformedJson malformed(JsonProcessingException e, int from) {
        int offset = -1;
        if (e.getLocation() != null && e.getLocation().getByteOffset() >= from) {
            offset = (int) e.getLocation().getByteOffset() - from;
        }
        String said = String.valueOf(e.getOriginalMessage());
        return switch (e) {
            case JsonEOFException eof ->
                    new MalformedJson(Kind.TRUNCATED, "the JSON value is cut off", offset);
            case StreamConstraintsException limit ->
                    new MalformedJson(Kind.LIMIT, limits(said), offset);
            default ->
                    said.startsWith("Unexpected end-of-input")
                            ? new MalformedJson(Kind.TRUNCATED, "the JSON value is cut off", offset)
                            : new MalformedJson(Kind.INVALID, inOurWords(said), offset);
        };
    }

    private static String limits(String said) {
        if (said.contains("nesting depth")) {
            return "nested deeper than %,d levels".formatted(allowed(said, NESTING_MAX));
        }
        if (said.contains("Number value length")) {
            return "a number of more than %,d digits".formatted(allowed(said, NUMBER_DIGITS_MAX));
        }
        if (said.contains("Token count")) {
            return "more than %,d names, values and brackets".formatted(CALL_TOKENS_MAX);
        }
        return lower(said);
    }

    private static int allowed(String said, int otherwise) {
        Matcher allowed = ALLOWED.matcher(said);
        return allowed.matches() ? Integer.parseInt(allowed.group(1)) : otherwise;
    }

    /** The parser's words, as far as they are known; the rest passes through. */
    private static String inOurWords(String said) {
        Matcher unexpected = UNEXPECTED.matcher(said);
        if (unexpected.matches()) {
            return unexpected(unexpected.group(1), unexpected.group(2));
        }
        Matcher twice = TWICE.matcher(said);
        if (twice.matches()) {
            return "the name `%s` stands twice in one object".formatted(twice.group(1));
        }
        Matcher token = TOKEN.matcher(said);
        if (token.matches()) {
            return "`%s` is no JSON value".formatted(token.group(1));
        }
        Matcher control = CONTROL.matcher(said);
        if (control.matches()) {
            return "a control character (code %s) stands unescaped".formatted(control.group(1));
        }
        Matcher closing = CLOSING.matcher(said);
        if (closing.matches()) {
            return "`%s` stands where `%s` would be right"
                    .formatted(closing.group(1), closing.group(2));
        }
        Matcher notOpen = NOT_OPEN.matcher(said);
        if (notOpen.matches()) {
            return "`%s` closes nothing that is open".formatted(notOpen.group(1));
        }
        Matcher escape = ESCAPE.matcher(said);
        if (escape.matches()) {
            return "`\\%s` is no escape of JSON".formatted(shown(escape.group(1)));
        }
        if (said.contains("Leading zeroes")) {
            return "a number begins with `0` where another digit should stand";
        }
        return lower(said);
    }

    private static String unexpected(String found, String expected) {
        if (expected.contains("separating root-level values")) {
            return MORE_FOLLOWS;
        }
        if (expected.contains("comment")) {
            return "`%s` begins a comment where JSON has none".formatted(found);
        }
        if (expected.contains("start field name") && found.equals("}")) {
            return "a comma before `}` where a name in double quotes or no comma should stand";
        }
        for (Map.Entry<String, String> right : RIGHT.entrySet()) {
            if (expected.contains(right.getKey())) {
                return "unexpected `%s` where %s should stand"
                        .formatted(shown(found), right.getValue());
            }
        }
        return "unexpected `%s`: %s".formatted(shown(found), lower(expected));
    }

    private static Map<String, String> right() {
        Map<String, String> right = new LinkedHashMap<>();
        right.put("comma", "a comma or the end");
        right.put("start field name", "a name in double quotes");
        right.put("colon", "a colon");
        right.put("hex-digit", "a hexadecimal digit");
        right.put("plus signs", "a value");
        right.put("digit", "a digit");
        right.put("valid value", "a value");
        right.put("a value", "a value");
        return right;
    }

    /** Line ends and spaces beyond ASCII by their number, since they cannot be seen. */
    private static String shown(String found) {
        int c = found.codePointAt(0);
        boolean unseen =
                Character.isSpaceChar(c)
                        || Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT;
        return unseen && c != ' ' ? "U+%04X".formatted(c) : found;
    }

    private static String lower(String sentence) {
        String line = sentence.lines().findFirst().orElse("");
        String open = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
        return open.isEmpty()
                ? open
                : open.substring(0, 1).toLowerCase(Locale.ROOT) + open.substring(1);
    }
}
