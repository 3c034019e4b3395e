package io.demur.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON object whose fields are all known: each of them is there once and nothing else is, before
 * it, in it or after it. A value is a word or a list of words, out of those allowed.
 *
 * <p>Written for the answers of language models, so no message quotes what was read.
 */
public final class ClosedObject {

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .recyclerPool(Json.BUFFERS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(2)
                                    .maxStringLength(1000)
                                    .build())
                    .build();

    /** More words than any list of ours may hold. */
    private static final int WORDS_MAX = 100;

    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, String> words = new HashMap<>();

    private ClosedObject() {}

    /**
     * Reads one object.
     *
     * @param fields the names it must have, each of them, and no other
     */
    public static ClosedObject read(String text, Set<String> fields) throws MalformedBody {
        ClosedObject object = new ClosedObject();
        try (JsonParser parser = FACTORY.createParser(text)) {
            need(parser.nextToken() == JsonToken.START_OBJECT, "it is no JSON object");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                need(name != null && fields.contains(name), "it has a field not asked for");
                object.value(name, parser);
            }
            need(parser.nextToken() == null, "more follows after the JSON object");
        } catch (IOException e) {
            throw new MalformedBody("it is not the JSON that was asked for");
        }
        for (String field : fields) {
            need(
                    object.words.containsKey(field) || object.lists.containsKey(field),
                    "`%s` is missing".formatted(field));
        }
        return object;
    }

    /** The word in a field. */
    public String word(String field, Collection<String> allowed) throws MalformedBody {
        String word = words.get(field);
        if (word == null || !allowed.contains(word)) {
            throw new MalformedBody("`%s` is none of the words allowed".formatted(field));
        }
        return word;
    }

    /** The words in a field that holds a list; none twice. */
    public List<String> words(String field, Collection<String> allowed) throws MalformedBody {
        List<String> list = lists.get(field);
        if (list == null || !allowed.containsAll(list) || Set.copyOf(list).size() != list.size()) {
            throw new MalformedBody("`%s` is no list of the words allowed".formatted(field));
        }
        return list;
    }

    private void value(String name, JsonParser parser) throws IOException, MalformedBody {
        switch (parser.nextToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT -> words.put(name, parser.getText());
            case START_ARRAY -> {
                List<String> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    need(
                            parser.currentToken() == JsonToken.VALUE_STRING
                                    && list.size() < WORDS_MAX,
                            "`%s` is no short list of words".formatted(name));
                    list.add(parser.getText());
                }
                lists.put(name, List.copyOf(list));
            }
            case null, default ->
                    throw new MalformedBody(
                            "`%s` is neither a word nor a list of words".formatted(name));
        }
    }

    private static void need(boolean holds, String message) throws MalformedBody {
        if (!holds) {
            throw new MalformedBody(message);
        }
    }
}
