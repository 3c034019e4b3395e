package io.demur.wire.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.wire.ClientBody;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Body;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Embedded;
import io.demur.wire.chat.Most;
import io.demur.wire.chat.Protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** OpenAI's {@code /v1/embeddings}, for callers and towards servers. */
public final class Embeddings {

    private static final String ENCODING = "encoding_format";

    private Embeddings() {}

    /** Reads a call. */
    public static Embed read(byte[] bytes) throws BadCall {
        Body body = Body.read(bytes);
        String model = body.neededText("model");
        JsonNode input = body.look("input");
        if (input.path(0).isNumber() || input.path(0).isArray()) {
            throw new BadCall("input", "`input` is a list of tokens where text is needed");
        }
        List<String> inputs = body.texts("input", Most.INPUTS);
        if (inputs.isEmpty()) {
            throw body.wrong("input", input, "text or a list of texts");
        }
        return new Embed(
                Protocol.OPENAI_CHAT,
                model,
                inputs,
                input.isTextual(),
                body.whole("dimensions"),
                body.callRest());
    }

    /** The call as servers take it; numbers are asked for as numbers. */
    public static byte[] render(Embed embed) {
        ObjectNode body = ClientBody.object().put("model", embed.model());
        if (embed.single() && embed.inputs().size() == 1) {
            body.put("input", embed.inputs().getFirst());
        } else {
            ArrayNode list = body.putArray("input");
            embed.inputs().forEach(list::add);
        }
        embed.dimensions().ifPresent(d -> body.put("dimensions", d));
        body.put(ENCODING, "float");
        if (embed.protocol() == Protocol.OPENAI_CHAT) {
            embed.rest().into(body);
            body.put(ENCODING, "float");
        }
        return ClientBody.bytes(body);
    }

    /** Reads what a server gave; empty where it is no list of embeddings. */
    public static Optional<Embedded> embedded(byte[] bytes) {
        JsonNode body;
        try {
            body = Json.read(bytes);
        } catch (MalformedJson e) {
            return Optional.empty();
        }
        List<float[]> vectors = new ArrayList<>();
        for (JsonNode one : body.path("data")) {
            Optional<float[]> vector = vector(one.path("embedding"));
            if (vector.isEmpty()) {
                return Optional.empty();
            }
            vectors.add(vector.get());
        }
        return vectors.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Embedded(
                                body.path("model").asText(""),
                                vectors,
                                body.path("usage").path("prompt_tokens").asLong(0)));
    }

    /** The numbers of a list; empty where one is none. */
    public static Optional<float[]> vector(JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            return Optional.empty();
        }
        float[] vector = new float[list.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!list.get(i).isNumber()) {
                return Optional.empty();
            }
            vector[i] = list.get(i).floatValue();
        }
        return Optional.of(vector);
    }

    /** The body for a caller, in the encoding that it asked for. */
    public static byte[] reply(Embed embed, Embedded embedded, String model) {
        boolean base64 = embed.rest().get(ENCODING).asText("").equals("base64");
        ObjectNode body = ClientBody.object().put("object", "list");
        ArrayNode data = body.putArray("data");
        for (int i = 0; i < embedded.vectors().size(); i++) {
            ObjectNode one = data.addObject().put("object", "embedding").put("index", i);
            float[] vector = embedded.vectors().get(i);
            if (base64) {
                one.put("embedding", base64(vector));
            } else {
                ArrayNode list = one.putArray("embedding");
                for (float number : vector) {
                    list.add(number);
                }
            }
        }
        body.put("model", model);
        body.putObject("usage")
                .put("prompt_tokens", embedded.input())
                .put("total_tokens", embedded.input());
        return ClientBody.bytes(body);
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : vector) {
            bytes.putFloat(number);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
