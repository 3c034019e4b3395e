package io.demur.gateway;

import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.json.NotCanonical;
import io.demur.wire.MalformedJson;
import io.demur.wire.SortedJson;
import io.demur.wire.chat.BadCall;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What people bring to the desk: small bodies of texts, as JSON or from a form. */
final class DeskBody {

    /** 4,000 characters, each of them escaped, and some more. */
    private static final int BYTES_MAX = 64 << 10;

    private static final int WORDS_MAX = 4_000;

    private final BodyReader bodies;

    DeskBody(BodyReader bodies) {
        this.bodies = bodies.upTo(BYTES_MAX);
    }

    /** Fields with texts. */
    record Fields(Map<String, String> texts) {
        Fields {
            texts = Map.copyOf(texts);
        }

        /** Refuses what nobody here knows: a typing error must not become a silent default. */
        void only(String... names) throws BadCall {
            List<String> known = List.of(names);
            for (String name : texts.keySet()) {
                if (!known.contains(name)) {
                    throw new BadCall(
                            "`%s` is no field here; there are `%s`"
                                    .formatted(name, String.join("`, `", known)));
                }
            }
        }

        Optional<String> text(String name) {
            return Optional.ofNullable(texts.get(name));
        }

        String required(String name) throws BadCall {
            return text(name)
                    .orElseThrow(() -> new BadCall(name, "`%s` is missing".formatted(name)));
        }

        /** One of some words. */
        String oneOf(String name, String... words) throws BadCall {
            String said = required(name);
            if (!List.of(words).contains(said)) {
                throw new BadCall(
                        name,
                        "`%s` is `%s`, and should be one of `%s`"
                                .formatted(name, said, String.join("`, `", words)));
            }
            return said;
        }

        /** What somebody has written, empty where they have not. */
        String words(String name) throws BadCall {
            String said = text(name).orElse("");
            int length = said.codePointCount(0, said.length());
            if (length > WORDS_MAX) {
                throw new BadCall(
                        name,
                        "`%s` has %d characters, and may have %d"
                                .formatted(name, length, WORDS_MAX));
            }
            return said;
        }
    }

    /** An object whose fields are texts. */
    Fields json(Arrival arrival, String from) throws BadCall {
        try (Received body = bodies.read(arrival.http(), from)) {
            // in one order, so that the reader of our own forms reads it
            if (!(Canonical.read(SortedJson.of(body.bytes())) instanceof Json.Obj object)) {
                throw new BadCall("the body is no object");
            }
            Map<String, String> texts = new TreeMap<>();
            for (Map.Entry<String, Json> field : object.fields().entrySet()) {
                if (!(field.getValue() instanceof Json.Str text)) {
                    throw new BadCall(field.getKey(), "`%s` is no text".formatted(field.getKey()));
                }
                texts.put(field.getKey(), text.text());
            }
            return new Fields(texts);
        } catch (MalformedJson | NotCanonical e) {
            throw new BadCall("the body is no JSON object of texts");
        }
    }

    /** What a page's form sends. */
    Fields form(Arrival arrival, String from) throws BadCall {
        try (Received body = bodies.read(arrival.http(), from)) {
            Map<String, String> texts = new TreeMap<>();
            String whole = new String(body.bytes(), StandardCharsets.UTF_8);
            for (String field : whole.isEmpty() ? new String[0] : whole.split("&", -1)) {
                int at = field.indexOf('=');
                String name = at < 0 ? field : field.substring(0, at);
                texts.put(decoded(name), at < 0 ? "" : decoded(field.substring(at + 1)));
            }
            return new Fields(texts);
        } catch (IllegalArgumentException e) {
            throw new BadCall("the body is no form");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
